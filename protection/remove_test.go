package protection

import (
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Whoever attached a file takes it out within a day; a supervisor at any time, and
// nobody twice.
func TestRemovable(t *testing.T) {
	r := burundi(t)
	me := access.Who{Account: ids.New[ids.Account](), Post: access.Post{Role: access.CaseManager}}
	other, lead := me, me
	other.Account, lead.Account, lead.Post.Role = ids.New[ids.Account](), ids.New[ids.Account](), access.Supervisor
	a := Attachment{By: me.Account, At: noon()}
	gone := a
	gone.RemovedAt = noon()
	for name, one := range map[string]struct {
		of    Attachment
		who   access.Who
		after time.Duration
		want  string
	}{
		"at once":                {a, me, 0, ""},
		"the next morning":       {a, me, 24*time.Hour - time.Second, ""},
		"after a day":            {a, me, 24 * time.Hour, "fault.attachment.late"},
		"a colleague":            {a, other, 0, "fault.attachment.others"},
		"a supervisor":           {a, lead, 0, ""},
		"a supervisor, later":    {a, lead, 900 * time.Hour, ""},
		"twice":                  {gone, me, 0, "fault.state.not_now"},
		"twice, by a supervisor": {gone, lead, 0, "fault.state.not_now"},
	} {
		err := one.of.Removable(one.who, r, noon().Add(one.after))
		if (err == nil) != (one.want == "") || err != nil && fault.Of(err).Key != one.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	for why, ok := range map[string]bool{"": false, "X": false, "WRONG_FILE": true} {
		if err := (RemoveFile{Why: why}).Check(r); (err == nil) != ok {
			t.Errorf("%q: %v", why, err)
		}
	}
}
