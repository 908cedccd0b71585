package prosecution

import (
	"strings"
	"testing"

	"inkingi/internal/fault"
)

// Forms of PROCESS.md §4.4; how each court writes was not retrieved, so what is read is
// the running number and the year, and what is written is kept.
func TestNumbersAsTheyAreWritten(t *testing.T) {
	for _, c := range []struct {
		register      Register
		written, want string
		fault         string
	}{
		{RMP, "RMP 45/2026", "45/2026", ""},
		{RMP, "R.M.P. 00045/26/NB", "45/2026", ""},
		{RMP, "rmp45-2026", "45/2026", ""},
		{RMP, "  R.M.P.  45 / 2026 ", "45/2026", ""},
		{PV, "PV N° 0123/2026", "123/2026", ""},
		{PV, "0123/PJ/2026", "123/2026", ""},
		{PV, "P.V. 00123/26", "123/2026", ""},
		{PV, "PV.9-2026/GIT", "9/2026", ""},
		{PV, "4/2026; 5/2026", "", "fault.number.form"},
		{RP, "45.2026", "45/2026", ""},
		{RPA, "RPA 7/99", "7/2099", ""}, // the year of two figures is of this century, for better or worse
		{RPC, "", "", ""},
		{RP, "RPA 45/2026", "", "fault.number.register"},
		{RPA, "RP 45/2026", "", "fault.number.register"},
		{RMP, "RMP 45", "", "fault.number.form"},
		{RMP, "45/2026/", "", "fault.number.form"},
		{RMP, "0/2026", "", "fault.number.form"},
		{RMP, "12345678/2026", "", "fault.number.form"},
		{RMP, strings.Repeat(" ", 50) + "x", "", "fault.number.form"},
	} {
		n, err := ReadNumber(c.register, c.written)
		if n.Plain != c.want || (err != nil) != (c.fault != "") || err != nil && fault.Of(err).Key != c.fault {
			t.Errorf("%s %q: %q, %v", c.register, c.written, n.Plain, err)
		}
		if err == nil && n.Plain != "" && n.Written != strings.Join(strings.Fields(c.written), " ") {
			t.Errorf("%q was kept as %q", c.written, n.Written)
		}
	}
}

// Whatever is typed: no panic, what is read reads again as itself, the same number in
// other letters and with zeros before it is the same, and another year is another.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"RMP 45/2026", "R.M.P. 00045/26/NB", "PV N° 0123/2026", "1/0", "45/2026/", "é45/2026", "ß1/26", "45/2026\x00", "٣/٢٠٢٦", "ﬀ1/2020"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range Registers {
			n, err := ReadNumber(r, s)
			if err != nil {
				if !fault.Is(err, fault.Invalid) || !n.IsZero() {
					t.Fatalf("%q: %v, %v", s, n, err)
				}
				continue
			}
			if n.IsZero() {
				continue
			}
			again, err := ReadNumber(r, n.Plain)
			if err != nil || again.Plain != n.Plain {
				t.Fatalf("%q reads as %q, which reads as %q (%v)", s, n.Plain, again.Plain, err)
			}
			kept, err := ReadNumber(r, n.Written)
			if err != nil || kept != n {
				t.Fatalf("%q was kept as %q, which reads as %v (%v)", s, n.Written, kept, err)
			}
			if low, err := ReadNumber(r, strings.ToLower(n.Written)); err != nil || low.Plain != n.Plain {
				t.Fatalf("%q in small letters: %v %v", s, low, err)
			}
			if zeros, err := ReadNumber(r, string(r)+" 0"+n.Plain); len(n.Plain) < 11 && (err != nil || zeros.Plain != n.Plain) {
				t.Fatalf("%q with a zero: %v %v", s, zeros, err)
			}
		}
	})
}
