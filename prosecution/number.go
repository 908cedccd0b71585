package prosecution

import (
	"regexp"
	"strconv"
	"strings"

	"inkingi/internal/fault"
)

// Register is a book in which a file gets a number [M: PROCESS.md §4.4].
type Register string

// The registers, one a stage.
const (
	PV  Register = "PV"  // minutes of the police unit, F1
	RMP Register = "RMP" // register of the public prosecutor, F3
	RP  Register = "RP"  // penal register of the court of first instance, F6
	RPA Register = "RPA" // of the court of appeal, F9
	RPC Register = "RPC" // of the Supreme Court, F11
)

// Registers lists them in the order of the machine.
var Registers = [...]Register{PV, RMP, RP, RPA, RPC}

// Number is one number of a file. Written is as the paper has it; Plain is what it
// is compared by: "45/2026" for "R.M.P. 00045/26/NB". The zero Number is none.
type Number struct {
	Written string
	Plain   string
}

// IsZero says whether there is no number.
func (n Number) IsZero() bool { return n.Plain == "" }

// numberForm is a running number and a year, with whatever letters stand around it: offices write
// "RMP 123/2026", "RMP.123/26/KM", "PV N° 0123/2026" [J: what PROCESS.md §4.4 names, forms not retrieved].
var numberForm = regexp.MustCompile(`^[A-Z.°º ]*?(\d{1,7})\s*[/.-]\s*(?:[A-Z]{1,8}\s*[/.-]\s*)?(\d{4}|\d{2})(?:\s*[/.-]\s*([A-Z.]{1,12}))?$`)

// lettered strips what stands before the number.
var lettered = regexp.MustCompile(`[^0-9A-Z]+`)

// century is what is before a year of two figures: offices of this age number nothing older [J].
const century = 2000

// ReadNumber reads what stands on a paper. "" is no number. The fault is Invalid
// without a field; the caller knows which.
func ReadNumber(r Register, written string) (Number, error) {
	written = strings.Join(strings.Fields(written), " ")
	if written == "" {
		return Number{}, nil
	}
	m := numberForm.FindStringSubmatch(strings.ToUpper(written))
	if m == nil || len(written) > 40 {
		return Number{}, fault.New(fault.Invalid, "fault.number.form")
	}
	before := lettered.ReplaceAllString(strings.ToUpper(written[:strings.IndexFunc(written, digit)]), "")
	if before != "" && before != string(r) && before != string(r)+"NO" && before != string(r)+"N" && before != "N" && before != "NO" {
		return Number{}, fault.New(fault.Invalid, "fault.number.register")
	}
	n, _ := strconv.Atoi(m[1])
	year, _ := strconv.Atoi(m[2])
	if year < 100 {
		year += century
	}
	if n == 0 {
		return Number{}, fault.New(fault.Invalid, "fault.number.form")
	}
	return Number{Written: written, Plain: strconv.Itoa(n) + "/" + strconv.Itoa(year)}, nil
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// Bare is the number as written, without the letters of a register before it.
func (n Number) Bare() string {
	return n.Written[max(strings.IndexFunc(n.Written, digit), 0):]
}
