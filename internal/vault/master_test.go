package vault

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

func written(t *testing.T, m *Master) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteMaster(&b, m, "Keep it apart.\nIn two hands."); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMasterIsWrittenDownAndRead(t *testing.T) {
	m := NewMaster(morning).Rotated(morning.Add(time.Hour)).Rotated(morning.Add(2 * time.Hour))
	text := written(t, m)
	for name, in := range map[string]string{
		"as written":    text,
		"capitals":      masterHead + "\n" + strings.ToUpper(strings.SplitN(text, "\n", 2)[1]),
		"windows":       strings.ReplaceAll(text, "\n", "\r\n"),
		"BOM":           "\ufeff" + text,
		"other spacing": strings.ReplaceAll(text, " ", "  ") + "\n\n",
	} {
		if name == "other spacing" {
			in = strings.Replace(in, strings.ReplaceAll(masterHead, " ", "  "), masterHead, 1)
		}
		got, err := ReadMaster(strings.NewReader(in))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if fmt.Sprint(got.Fingerprints()) != fmt.Sprint(m.Fingerprints()) || got.keys()[2].key != m.keys()[2].key || !got.keys()[1].made.Equal(m.keys()[1].made) {
			t.Errorf("%s: another key", name)
		}
	}
	if !strings.Contains(text, "# In two hands.\n") || !strings.Contains(text, m.Fingerprint()) {
		t.Error(text)
	}
}

func TestReadMasterRefuses(t *testing.T) {
	m := NewMaster(morning).Rotated(morning)
	text := written(t, m)
	lines := strings.SplitAfter(text, "\n")
	i := strings.Index(text, "\nkey ") + 5
	slip := map[byte]string{'0': "1"}[text[i]]
	if slip == "" {
		slip = "0"
	}
	for name, c := range map[string]struct{ in, key string }{
		"empty":              {"", "vault.master.checksum"},
		"something else":     {"AGE-SECRET-KEY", "vault.master.malformed"},
		"a later format":     {strings.Replace(text, "key 1", "key 2", 1), "vault.master.malformed"},
		"no checksum":        {strings.Join(lines[:len(lines)-2], ""), "vault.master.checksum"},
		"a generation lost":  {strings.Join(append(append([]string{}, lines[:3]...), lines[5:]...), ""), "vault.master.checksum"},
		"exchanged":          {lines[0] + lines[5] + lines[6] + lines[3] + lines[4] + lines[7], "vault.master.checksum"},
		"a slip":             {text[:i] + slip + text[i+1:], "vault.master.mistyped"},
		"a digit missing":    {text[:i] + text[i+1:], "vault.master.malformed"},
		"not hexadecimal":    {text[:i] + "g" + text[i+1:], "vault.master.malformed"},
		"key without a name": {lines[0] + lines[4], "vault.master.malformed"},
		"name without a key": {lines[0] + lines[3] + lines[5], "vault.master.malformed"},
		"impossible date":    {strings.Replace(text, "2026-11-25", "2026-13-25", 1), "vault.master.malformed"},
		"more behind":        {text + lines[3], "vault.master.malformed"},
		"unknown word":       {strings.Replace(text, "checksum", "sum", 1), "vault.master.malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := ReadMaster(strings.NewReader(c.in))
			if m != nil {
				t.Error("a key all the same")
			}
			refuses(t, err, fault.Invalid, c.key)
			if strings.Contains(err.Error(), text[i+5:i+9]) {
				t.Error("the fault tells the key")
			}
		})
	}
	refuses(t, WriteMaster(&bytes.Buffer{}, &Master{}, ""), fault.Internal, "vault.master.missing")
}

func TestMasterPrintsNothing(t *testing.T) {
	m := NewMaster(morning)
	key := m.keys()[0].key
	for _, arg := range []any{m, *m, struct{ m *Master }{m}, struct{ M Master }{*m}} {
		for _, verb := range strings.Fields("%v %+v %#v %s %q %x %X %d %p") {
			got := fmt.Sprintf(verb, arg)
			for _, form := range []string{fmt.Sprintf("%x", key), fmt.Sprintf("%X", key), fmt.Sprint(key)[1:30], string(key[:])} {
				if strings.Contains(got, form) {
					t.Errorf("%s prints the key", verb)
				}
			}
		}
	}
	if _, err := json.Marshal(m); err == nil {
		t.Error("JSON took it")
	}
	if err := gob.NewEncoder(&bytes.Buffer{}).Encode(m); err == nil {
		t.Error("gob took it")
	}
	if (*Master)(nil).Fingerprint() != "" || (&Master{}).String() != dots {
		t.Error("nothing has no name")
	}
}

func TestKeyBackup(t *testing.T) {
	b := newBench(t)
	org, subject, gone, w := ids.New[ids.Org](), somebody(), somebody(), cell()
	c := b.seal(b.key(org, subject), w, planted)
	b.must(b.keys.SaveSubjectKey(t.Context(), b.key(org, gone).Destroyed()))
	expires := morning.AddDate(0, 1, 0)
	var file bytes.Buffer
	k, err := NewKeyWriter(&file, b.vault.master, morning, expires)
	b.must(err)
	b.must(k.Org(b.keys.orgs[org]))
	b.must(k.Subject(b.keys.subjects[subject]))
	b.must(k.Subject(b.keys.subjects[gone]))
	made, err := k.Close()
	b.must(err)
	if (made != KeyBackup{morning, expires, 1, 2}) {
		t.Fatal(made)
	}
	text := file.String()
	if !strings.Contains(text, "expires 2026-12-25T06:00:00.000Z\n") {
		t.Fatal("the expiry is not stated")
	}

	other := newMemory()
	to := KeyReader{Master: b.vault.master.Rotated(morning), Now: morning,
		Org:     func(k OrgKey) error { return other.SaveOrgKey(t.Context(), k) },
		Subject: func(k SubjectKey) error { return other.SaveSubjectKey(t.Context(), k) }}
	got, err := ReadKeyBackup(strings.NewReader(text), to)
	if err != nil || got != made {
		t.Fatal(got, err)
	}
	b.keys = other
	b.reads(subject, w, c, planted)
	if k, ok := other.subjects[gone]; !ok || !k.Erased() || k.Org != org {
		t.Error("the tombstone was lost")
	}

	to.Now = expires
	_, err = ReadKeyBackup(strings.NewReader(text), to)
	refuses(t, err, fault.Denied, "vault.backup.expired")
	to.Expired = true
	if _, err = ReadKeyBackup(strings.NewReader(text), to); err != nil {
		t.Error(err)
	}
	refuseChanged(t, text, to)
	_, err = NewKeyWriter(&file, b.vault.master, morning, morning)
	refuses(t, err, fault.Internal, "vault.backup.expiry")
	_, err = NewKeyWriter(&file, nil, morning, expires)
	refuses(t, err, fault.Internal, "vault.master.missing")
}

func refuseChanged(t *testing.T, text string, to KeyReader) {
	to.Org, to.Subject = nil, nil
	lines := strings.SplitAfter(text, "\n")
	for name, in := range map[string]string{
		"empty":           "",
		"cut":             strings.Join(lines[:5], ""),
		"a later expiry":  strings.Replace(text, "expires 2026", "expires 2036", 1),
		"a key removed":   strings.Join(append(append([]string{}, lines[:4]...), lines[5:]...), ""),
		"a key exchanged": strings.Join([]string{lines[0], lines[1], lines[2], lines[3], lines[5], lines[4], lines[6], lines[7]}, ""),
		"recounted":       strings.Replace(strings.Join(append(append([]string{}, lines[:4]...), lines[5:]...), ""), "end 1 2", "end 1 1", 1),
		"more behind":     text + "x\n",
		"seal removed":    strings.Join(lines[:7], ""),
		"other head":      "x" + text,
	} {
		if _, err := ReadKeyBackup(strings.NewReader(in), to); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	to.Master = NewMaster(morning)
	_, err := ReadKeyBackup(strings.NewReader(text), to)
	refuses(t, err, fault.Invalid, "vault.backup.seal")
}
