package account

import (
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// world is every fact that a stage depends on, one bit or one small choice each.
type world struct {
	ended, closed, absolute bool
	role                    access.Role // of the one post; "" is none
	two                     bool        // a second post in force
	chosen                  bool        // with two
	enrolled, second        bool
	skip                    bool // the demonstration
	late                    int  // 0 fresh, 1 past pending, 2 past enrolling
	locked, idle            bool
	renew, change           bool
	accepted                bool
}

func (w world) seat() (Seat, Rules) {
	r := Rules{Conduct: "2", SkipSecond: w.skip}.filled()
	s := Seat{At: noon, Account: Account{ID: ids.New[ids.Account]()},
		Session: Session{ID: ids.New[ids.Session](), Made: noon.Add(-time.Minute), Seen: noon.Add(-time.Minute), Until: noon.Add(time.Hour),
			Second: w.second, Locked: w.locked, Renew: w.renew},
		Credential: Credential{Enrolled: w.enrolled, Change: w.change, Conduct: "1", Secret: vault.Clear("x")},
	}
	post := func() access.Post {
		return access.Post{ID: ids.New[ids.Post](), Role: w.role, From: noon.Add(-time.Hour)}
	}
	past := access.Post{ID: ids.New[ids.Post](), Role: access.Administrator, From: noon.Add(-9 * time.Hour), Until: noon.Add(-8 * time.Hour)}
	s.Posts = []access.Post{past}
	if w.role != "" {
		s.Posts = append(s.Posts, post())
		if w.two {
			s.Posts = append(s.Posts, post())
		}
	}
	if w.chosen {
		s.Session.Post = s.Posts[len(s.Posts)-1].ID
	} else {
		s.Session.Post = past.ID
	}
	if w.ended {
		s.Session.Ended = noon.Add(-time.Second)
	}
	if w.closed {
		s.Account.Closed = noon
	}
	if w.absolute {
		s.Session.Until = noon
	}
	switch w.late {
	case 1:
		s.Session.Made = noon.Add(-r.Pending)
	case 2:
		s.Session.Made = noon.Add(-r.Enrolling)
	}
	if w.idle {
		s.Session.Seen = noon.Add(-r.Idle)
	}
	if w.accepted {
		s.Credential.Conduct = "2"
	}
	return s, r
}

// want says the same as the code in other words: who is out, who must prove
// themselves, what a proven session is asked.
func (w world) want() Stage {
	if w.ended || w.closed || w.absolute || w.role == "" {
		return Over
	}
	if must := w.enrolled || !w.skip && Forced(w.role); must && !w.second {
		if w.enrolled {
			if w.late >= 1 {
				return Over
			}
			return AskSecond
		}
		if w.late == 2 {
			return Over
		}
		return AskEnrol
	}
	switch {
	case w.locked, w.idle:
		return Locked
	case w.renew:
		return AskEnrol
	case w.change:
		return AskPassword
	case !w.accepted:
		return AskConduct
	case w.two && !w.chosen:
		return AskPost
	}
	return In
}

// TestEveryStage walks every combination of the facts.
func TestEveryStage(t *testing.T) {
	n := 0
	seen := map[Stage]int{}
	for bits := range 1 << 14 {
		bit := func(i int) bool { return bits>>i&1 == 1 }
		for _, role := range []access.Role{"", access.FocalPoint, access.CaseManager, access.Administrator} {
			for late := range 3 {
				w := world{ended: bit(0), closed: bit(1), absolute: bit(2), role: role, two: bit(3), chosen: bit(4), enrolled: bit(5), second: bit(6),
					skip: bit(7), late: late, locked: bit(8), idle: bit(9), renew: bit(10), change: bit(11), accepted: bit(12)}
				if bit(13) && (w.ended || w.closed) { // both at once adds nothing
					continue
				}
				s, r := w.seat()
				got := s.stage(r)
				if got != w.want() {
					t.Fatalf("%+v: %q, want %q", w, got, w.want())
				}
				seen[got]++
				n++
				if got == In || got == AskPost {
					who := s.Who()
					if who.Post.Role != role || who.SecondFactor != w.second || who.Disabled {
						t.Fatalf("%+v: who %+v", w, who)
					}
				}
			}
		}
	}
	for _, stage := range []Stage{Over, Locked, AskSecond, AskEnrol, AskPassword, AskConduct, AskPost, In} {
		if seen[stage] == 0 {
			t.Errorf("stage %q is never reached", stage)
		}
	}
	t.Logf("%d worlds", n)
}

// TestNoVerbInTheWrongStage walks every verb in every stage: before its stage
// is asked, nothing is read or written, so a desk without a store answers.
func TestNoVerbInTheWrongStage(t *testing.T) {
	d := &Desk{Now: func() time.Time { return noon }}
	ctx := t.Context()
	verbs := []struct {
		name   string
		stages []Stage
		run    func(Seat) error
	}{
		{"Second", []Stage{AskSecond}, func(s Seat) error { _, err := d.Second(ctx, s, "1"); return err }},
		{"BeginApp", []Stage{AskEnrol, In}, func(s Seat) error { _, err := d.BeginApp(ctx, s, ""); return err }},
		{"PendingApp", []Stage{AskEnrol, In}, func(s Seat) error { _, err := d.PendingApp(ctx, s); return err }},
		{"ConfirmApp", []Stage{AskEnrol, In}, func(s Seat) error { _, err := d.ConfirmApp(ctx, s, "1"); return err }},
		{"Print", []Stage{AskEnrol, In}, func(s Seat) error { _, err := d.Print(ctx, s, ""); return err }},
		{"ConfirmSheet", []Stage{AskEnrol}, func(s Seat) error { _, err := d.ConfirmSheet(ctx, s, "1"); return err }},
		{"ChangePassword", []Stage{AskPassword, In}, func(s Seat) error { _, err := d.ChangePassword(ctx, s, NewPassword{}); return err }},
		{"AcceptConduct", []Stage{AskConduct}, func(s Seat) error { _, err := d.AcceptConduct(ctx, s, "1"); return err }},
		{"ChoosePost", []Stage{AskPost, In}, func(s Seat) error { _, err := d.ChoosePost(ctx, s, ids.New[ids.Post]()); return err }},
		{"Unlock", []Stage{Locked}, func(s Seat) error { _, err := d.Unlock(ctx, s, "1"); return err }},
		{"Lock", []Stage{In, Locked, AskPost, AskConduct, AskPassword}, func(s Seat) error { _, err := d.Lock(ctx, s); return err }},
		{"Sessions", []Stage{In}, func(s Seat) error { _, err := d.Sessions(ctx, s); return err }},
		{"Revoke", []Stage{In}, func(s Seat) error { return d.Revoke(ctx, s, ids.New[ids.Session]()) }},
		{"RevokeOthers", []Stage{In}, func(s Seat) error { return d.RevokeOthers(ctx, s) }},
		{"SetLang", []Stage{In}, func(s Seat) error { return d.SetLang(ctx, s, "fr") }},
		{"SetChannels", []Stage{In}, func(s Seat) error { return d.SetChannels(ctx, s, nil) }},
		{"Contacts", []Stage{In}, func(s Seat) error { _, err := d.Contacts(ctx, s); return err }},
		{"SaveDraft", []Stage{In, Locked, AskPost, AskConduct, AskPassword}, func(s Seat) error { return d.SaveDraft(ctx, s, "f", "c") }},
		{"Draft", []Stage{In}, func(s Seat) error { _, err := d.Draft(ctx, s, "f"); return err }},
		{"Drafts", []Stage{In}, func(s Seat) error { _, err := d.Drafts(ctx, s); return err }},
		{"DropDraft", []Stage{In}, func(s Seat) error { return d.DropDraft(ctx, s, "f") }},
	}
	for _, v := range verbs {
		for _, stage := range []Stage{Over, Locked, AskSecond, AskEnrol, AskPassword, AskConduct, AskPost, In} {
			refused := func() (moved bool) {
				defer func() {
					if recover() != nil { // it went on, to the store that is not there
						moved = false
					}
				}()
				return key(v.run(Seat{Stage: stage})) == "account.session.moved"
			}()
			allowed := false
			for _, one := range v.stages {
				allowed = allowed || one == stage
			}
			// ConfirmApp without a pending secret and PendingApp answer by themselves.
			if v.name == "ConfirmApp" && allowed {
				continue
			}
			if refused == allowed {
				t.Errorf("%s at %q: refused %v", v.name, stage, refused)
			}
		}
	}
}
