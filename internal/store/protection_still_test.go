package store_test

import (
	"reflect"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// written counts every row that a verb of protection may leave.
func (h *hut) written() int {
	h.t.Helper()
	total := 0
	for _, table := range []string{"protection_case", "person", "history", "screening", "assessment", "guardian", "reflection", "identification", "consent", "referral", "event",
		"visit", "closure", "homecoming", "business", "plan", "interests", "episode", "attendance", "transfer", "stay", "complaint", "erasure", "legal_hold", "glass", "jotting",
		"sealed_note", "attachment", "likeness", "task", "alert"} {
		n, err := h.store.Count(h.ctx, "SELECT COUNT(*) FROM "+table)
		h.must(err)
		total += n
	}
	return total
}

// Nothing is written on a file that was joined: no record that hangs on a case, whichever
// verb made it, and not who she is. Parting the two is the one act that is left.
func TestNothingIsWrittenOnAJoinedFile(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		kept, gone, _, other, join := h.twice()
		h.must(h.desk.JoinFiles(h.ctx, h.supervisor, join))
		before := h.written()

		kind, tried := reflect.TypeFor[protection.Change](), 0
		for i := range kind.NumField() {
			f := kind.Field(i)
			if f.Type.Kind() != reflect.Slice || f.Type.Elem().Kind() != reflect.Struct {
				continue
			}
			for _, version := range []int64{0, 1} {
				x := reflect.New(f.Type.Elem()).Elem()
				in, v := x.FieldByName("Case"), x.FieldByName("Version")
				if f.Name == "Cases" {
					in, version = x.FieldByName("ID"), 1
				}
				if !in.IsValid() || in.Type() != reflect.TypeFor[ids.Case]() || f.Name == "Complaints" || f.Name == "Glasses" || f.Name == "Erase" {
					continue // those three are not written on a file: see protection.Change.Files
				}
				if in.Set(reflect.ValueOf(gone)); v.IsValid() {
					v.SetInt(version)
				}
				var c protection.Change
				reflect.ValueOf(&c).Elem().Field(i).Set(reflect.Append(reflect.MakeSlice(f.Type, 0, 1), x))
				if err := h.save(c); fault.Of(err).Key != "fault.case.joined" {
					t.Errorf("%s of version %d: %v", f.Name, version, err)
				}
				tried++
			}
		}
		if tried < 50 {
			t.Errorf("only %d records were tried", tried)
		}

		words := protection.Complain{Case: gone, Kind: "RUDE", From: "PERSON", Against: h.care, Words: "Il crie."}
		named := words
		words.ID, words.Named, named.ID, named.Named = ids.New[ids.Complaint](), protection.No, ids.New[ids.Complaint](), protection.Yes
		seen, _, err := h.desk.Person(h.ctx, h.screener, other)
		h.must(err)
		for name, err := range map[string]error{
			"a hold":                     h.desk.PlaceHold(h.ctx, h.supervisor, protection.PlaceHold{ID: ids.New[ids.Hold](), Case: gone, Why: "COMPLAINT", Until: h.desk.Rules.Day(h.now).Add(3)}),
			"a complaint under her name": h.desk.Complain(h.ctx, h.screener, named), "a complaint without it": h.desk.Complain(h.ctx, h.screener, words),
			"who she is":      h.desk.EditPerson(h.ctx, h.screener, protection.EditPerson{Person: other, Version: seen.Version, Name: "Autrement"}),
			"a note":          h.desk.Jot(h.ctx, h.screener, protection.Jot{ID: ids.New[ids.Jotting](), Case: gone, Words: "x", Safe: protection.Yes, Next: "CALL", Consent: protection.Yes}),
			"a file":          h.desk.Attach(h.ctx, h.screener, protection.Attach{ID: ids.New[ids.Attachment](), Case: gone, Kind: "MEDICAL", Name: "a.txt", Content: []byte("x"), Face: protection.No}),
			"who is like her": h.desk.SayAlike(h.ctx, h.supervisor, protection.SayAlike{Case: gone}),
		} {
			if key := fault.Of(err).Key; err == nil || key != "fault.case.joined" && !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %v", name, err)
			}
		}

		// Every verb that names a case, with as little as it asks for.
		desk, verbs := reflect.ValueOf(h.desk), 0
		for i := range desk.NumMethod() {
			m := desk.Type().Method(i)
			if m.Type.NumIn() != 4 || m.Type.In(3).Kind() != reflect.Struct || m.Type.Out(m.Type.NumOut()-1) != reflect.TypeFor[error]() {
				continue
			}
			cmd := reflect.New(m.Type.In(3)).Elem()
			in := cmd.FieldByName("Case")
			if !in.IsValid() || in.Type() != reflect.TypeFor[ids.Case]() {
				continue
			}
			verbs++
			in.Set(reflect.ValueOf(gone))
			if v := cmd.FieldByName("Version"); v.IsValid() {
				v.SetInt(int64(h.seenBy(gone).Version))
			}
			for _, w := range []access.Who{h.screener, h.supervisor, h.manager} {
				desk.Method(i).Call([]reflect.Value{reflect.ValueOf(h.ctx), reflect.ValueOf(w), cmd})
			}
		}
		if verbs < 30 {
			t.Errorf("only %d verbs name a case", verbs)
		}
		if after := h.written(); after != before {
			t.Errorf("%d rows were written", after-before)
		}
		if h.must(h.desk.PlaceHold(h.ctx, h.supervisor, protection.PlaceHold{ID: ids.New[ids.Hold](), Case: kept, Why: "COMPLAINT", Until: h.desk.Rules.Day(h.now).Add(3)})); h.written() == before {
			t.Error("the file that goes on is kept still too")
		}
		h.must(h.desk.UndoJoin(h.ctx, h.supervisor, protection.UndoJoin{Likeness: join.Likeness, Version: 2}))
		named.Against, named.Case = h.shelter, gone
		h.must(h.desk.PlaceHold(h.ctx, h.supervisor, protection.PlaceHold{ID: ids.New[ids.Hold](), Case: gone, Why: "COMPLAINT", Until: h.desk.Rules.Day(h.now).Add(3)}))
		store.MustHold(t, h.store)
	})
}
