package shell

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"inkingi/internal/account"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
)

// Text reads one line of at most max characters, without spaces around it.
// Characters that cannot be seen are refused, and taken out of what is shown
// again, so that the second try works.
func (f *Form) Text(name string, max int) string { return f.text(name, max, false) }

// Prose reads a text of several lines.
func (f *Form) Prose(name string, max int) string { return f.text(name, max, true) }

func (f *Form) text(name string, max int, lines bool) string {
	raw, ok := f.one(name)
	if !ok {
		return ""
	}
	raw = strings.ReplaceAll(raw, "\r\n", "\n")
	if !lines {
		raw = strings.TrimRight(raw, "\n")
	}
	v := clean(raw, lines)
	switch {
	case !utf8.ValidString(raw) || strings.ContainsRune(raw, 0):
		f.Fail(name, "fault.characters")
	case v != raw:
		f.Fail(name, "shell.invisible")
	}
	v = strings.TrimSpace(v)
	f.clean[name] = v
	if n := utf8.RuneCountInString(v); n > max {
		f.Fail(name, "fault.too-long", "Max", max)
		return ""
	}
	return v
}

// one is the single value of a field; a field sent twice is refused.
func (f *Form) one(name string) (string, bool) {
	all := f.values[name]
	switch len(all) {
	case 0:
		return "", false
	case 1:
		return all[0], true
	}
	f.Fail(name, "fault.choice")
	return "", false
}

// Secret reads a password or a code: nothing is trimmed, nothing shown again.
func (f *Form) Secret(name string, max int) account.Secret {
	v, _ := f.one(name)
	f.clean[name] = ""
	switch {
	case !utf8.ValidString(v) || strings.ContainsFunc(v, control):
		f.Fail(name, "fault.characters")
	case utf8.RuneCountInString(v) > max:
		f.Fail(name, "fault.too-long", "Max", max)
	default:
		return account.Secret(v)
	}
	return ""
}

// Need says that these fields must not be empty.
func (f *Form) Need(names ...string) {
	for _, name := range names {
		if strings.TrimSpace(f.values.Get(name)) == "" {
			f.Fail(name, "fault.required")
		}
	}
}

// Choice reads one of the codes; nothing chosen is "".
func (f *Form) Choice(name string, codes ...string) string {
	v, ok := f.one(name)
	if !ok || v == "" {
		return ""
	}
	if !slices.Contains(codes, v) {
		f.Fail(name, "fault.choice")
		return ""
	}
	return v
}

// Choices reads ticked boxes: those of the codes, each once, in the order of
// the codes.
func (f *Form) Choices(name string, codes ...string) []string {
	var ticked []string
	for _, v := range f.values[name] {
		if v != "" && !slices.Contains(codes, v) {
			f.Fail(name, "fault.choice")
			return nil
		}
	}
	for _, code := range codes {
		if slices.Contains(f.values[name], code) {
			ticked = append(ticked, code)
		}
	}
	return ticked
}

// Bool reads a box or a yes-or-no question: "yes" is true, "no" or nothing is
// not.
func (f *Form) Bool(name string) bool { return f.Choice(name, "yes", "no") == "yes" }

// Int reads a whole number within bounds; nothing typed is zero, and no fault.
func (f *Form) Int(name string, min, max int) int {
	v, ok := f.one(name)
	v = strings.TrimSpace(strings.NewReplacer("\u00a0", "", "\u202f", "", " ", "").Replace(v))
	if !ok || v == "" {
		return 0
	}
	n, err := strconv.Atoi(v)
	if err != nil || len(v) > 12 {
		f.Fail(name, "shell.number")
		return 0
	}
	if n < min || n > max {
		f.Fail(name, "shell.number.range", "Min", min, "Max", max)
		return 0
	}
	return n
}

// Version reads the version of the record that the form showed.
func (f *Form) Version() int { return f.Int("version", 0, 1<<30) }

// FormID reads an identifier that the form carries: of the record it is about,
// made when the form was drawn ([KeepID]), or of one that was chosen. Nothing
// given is the zero identifier, and no fault.
func FormID[T ids.Typed](f *Form, name string) T {
	var none T
	v, ok := f.one(name)
	if !ok || v == "" {
		return none
	}
	id, err := ids.Parse[T](v)
	if err != nil {
		f.fail(name, err)
		return none
	}
	return id
}

// KeepID is the identifier of the record a form makes: the one it was sent
// with, or, when the form is drawn for the first time, a new one. Put it into a
// hidden field, so that sending the form twice makes one record.
func KeepID[T ids.Typed](f *Form, name string) T {
	if id, err := ids.Parse[T](f.values.Get(name)); err == nil {
		return id
	}
	return ids.At[T](f.c.At, f.c.shell.o.Random)
}

// Date reads a date as people remember it, from three inputs: a year, a month
// and a year, or a whole day; with name-about ticked it is approximate. Nothing
// typed is no date.
func (f *Form) Date(name string) date.Date {
	day, month, year, ok := f.threeBoxes(name)
	if !ok {
		return date.Date{}
	}
	text := year
	switch {
	case month == "" && day != "", year == "":
		f.Fail(name, "shell.date.incomplete")
		return date.Date{}
	case month != "" && day != "":
		text = year + "-" + month + "-" + day
	case month != "":
		text = year + "-" + month
	}
	if f.Bool(name + "-about") {
		text += "~"
	}
	d, err := date.Parse(text)
	if err != nil || d.Interval() {
		f.Fail(name, "shell.date.impossible")
		return date.Date{}
	}
	return d
}

// Day reads a whole day from three inputs; nothing typed is no day.
func (f *Form) Day(name string) date.Day {
	day, month, year, ok := f.threeBoxes(name)
	if !ok {
		return date.Day{}
	}
	if day == "" || month == "" || year == "" {
		f.Fail(name, "shell.date.incomplete")
		return date.Day{}
	}
	d, err := date.ParseDay(year + "-" + month + "-" + day)
	if err != nil {
		f.Fail(name, "shell.date.impossible")
		return date.Day{}
	}
	return d
}

// threeBoxes reads name-day, name-month and name-year as digits of fixed width.
func (f *Form) threeBoxes(name string) (day, month, year string, ok bool) {
	f.anchor[name] = name + "-day"
	boxes := [3]string{}
	for i, part := range []string{"day", "month", "year"} {
		v, _ := f.one(name + "-" + part)
		v = strings.TrimSpace(v)
		width := 2
		if part == "year" {
			width = 4
		}
		if len(v) > width || strings.Trim(v, "0123456789") != "" || part == "year" && v != "" && len(v) < width {
			f.Fail(name, "shell.date.impossible")
			return "", "", "", false
		}
		if v != "" && len(v) < width {
			v = "0" + v
		}
		boxes[i] = v
	}
	return boxes[0], boxes[1], boxes[2], boxes != [3]string{}
}

// Moment reads a day from three inputs and a time of day ("14:05", "14h05",
// "14 h 05") from name-time, in the country's time. Nothing typed is no moment.
func (f *Form) Moment(name string) time.Time {
	raw, _ := f.one(name + "-time")
	day := f.Day(name)
	raw = strings.TrimSpace(raw)
	if day.IsZero() {
		if raw != "" && !slices.ContainsFunc(f.faults, func(one *fault.Fault) bool { return one.Field == name }) {
			f.Fail(name, "shell.date.incomplete")
		}
		return time.Time{}
	}
	clock := strings.ToLower(strings.NewReplacer(" ", "", "\u00a0", "", "h", ":", "H", ":", ".", ":").Replace(raw))
	if clock = strings.TrimSuffix(clock, ":"); clock != "" && !strings.Contains(clock, ":") {
		clock += ":00"
	}
	at, err := time.Parse("15:04", clock)
	if err != nil {
		f.anchor[name+"-time"] = name + "-time"
		f.Fail(name+"-time", "shell.time.impossible")
		return time.Time{}
	}
	return time.Date(day.Year, time.Month(day.Month), day.Day, at.Hour(), at.Minute(), 0, 0, f.c.shell.o.Zone).UTC()
}

// Place reads a place: the code that was chosen, from the field, and what was
// written beside it, from name-written. Whether it existed on the day is asked
// by the desk.
func (f *Form) Place(name string) place.Given {
	var given place.Given
	if v, ok := f.one(name); ok && v != "" {
		code, err := place.ParseCode(v)
		if err != nil {
			f.Fail(name, "fault.choice")
			return place.Given{}
		}
		if f.c.shell.o.Places != nil {
			if _, known := f.c.shell.o.Places.Place(code); !known {
				f.Fail(name, "fault.choice")
				return place.Given{}
			}
		}
		given.Code = code
	}
	given.Written = f.Text(name+"-written", place.MaxWritten)
	return given
}
