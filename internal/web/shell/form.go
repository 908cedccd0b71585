package shell

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"inkingi/internal/fault"
)

// Limits of a form.
const (
	maxBody   = 1 << 20  // what is read of a body, unless the route says otherwise
	maxDrain  = 16 << 20 // a body declared longer than this is not listened to at all
	maxFields = 2000
)

// Names of fields that belong to the shell.
const (
	fieldReview = "_review" // what was kept comes back, to be looked at again
	fieldLang   = "_lang"   // the page is wanted in this language, with what was typed
	fieldNext   = "next"    // where to go after signing in
)

// Form is what was typed. Its readers give clean values and remember what is
// wrong, each at its field; [Form.Err] gathers it. On a GET it is empty.
//
// Every value stays text: nothing is stripped from it but what cannot be seen,
// and templates escape it.
type Form struct {
	c      *Context
	values url.Values
	faults []*fault.Fault
	anchor map[string]string // of fields whose first input has another id
	clean  map[string]string // values that were corrected and are to be shown again
	whole  error             // what is wrong with the form as a whole
	review bool
	speaks bool // only the language changes
	stale  bool
	file   upload
}

// Form reads what was posted, once. It never fails: a body that is too long or
// is not a form is a fault of the form, and what could be read is kept.
func (c *Context) Form() *Form {
	if c.form != nil {
		return c.form
	}
	f := &Form{c: c, values: url.Values{}, anchor: map[string]string{}, clean: map[string]string{}}
	c.form = f
	if !c.Posted() {
		return f
	}
	limit := c.Route.Body
	if limit <= 0 {
		limit = maxBody
	}
	if parts := c.parts(); parts != nil {
		f.values, f.file, f.whole = readParts(parts, limit, c.Route.Upload)
	} else {
		f.values, f.whole = readForm(c.r, limit)
	}
	values := f.values
	f.review = values.Get(fieldReview) != ""
	values.Del(fieldReview)
	f.speaks = c.speak(values.Get(fieldLang))
	values.Del(fieldLang)
	return f
}

// Held says whether the form is only shown again, in another language or after
// a lock: nothing of it is sent on.
func (f *Form) Held() bool { return f.review || f.speaks }

// readForm reads at most limit bytes of a body. What is cut off is lost, and
// the fault says so; the fields before it are kept.
func readForm(r *http.Request, limit int64) (url.Values, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if r.Body == nil || r.Body == http.NoBody {
		return url.Values{}, nil
	}
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return url.Values{}, fault.New(fault.Invalid, "shell.body")
	}
	if r.ContentLength > maxDrain {
		return url.Values{}, fault.New(fault.Invalid, "shell.too-big")
	}
	var read bytes.Buffer
	if _, err := io.Copy(&read, io.LimitReader(r.Body, limit+1)); err != nil {
		return url.Values{}, fault.Wrap(fault.Invalid, "shell.body", err)
	}
	body, whole := read.String(), error(nil)
	if int64(len(body)) > limit {
		whole = fault.New(fault.Invalid, "shell.too-big")
		body = body[:limit]
		if cut := strings.LastIndexByte(body, '&'); cut >= 0 {
			body = body[:cut]
		} else {
			body = ""
		}
		// A browser that is not listened to reports a broken line in place of our
		// answer, so the rest is let pass, in constant memory.
		_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxDrain))
	}
	values, err := parseForm(body)
	return values, errors.Join(whole, err)
}

func parseForm(body string) (url.Values, error) {
	if strings.Count(body, "&") >= maxFields {
		return url.Values{}, fault.New(fault.Invalid, "shell.too-big")
	}
	values, err := url.ParseQuery(body)
	if err != nil {
		return values, fault.New(fault.Invalid, "shell.body")
	}
	return values, nil
}

// Fail notes a fault at a field.
func (f *Form) Fail(field, key string, args ...any) {
	one := &fault.Fault{Kind: fault.Invalid, Field: field, Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if one.Args == nil {
			one.Args = map[string]any{}
		}
		one.Args[args[i].(string)] = args[i+1]
	}
	f.faults = append(f.faults, one)
}

// fail notes an error of a parser at a field.
func (f *Form) fail(field string, err error) {
	one := *fault.Of(err)
	one.Field = field
	if one.Kind != fault.Invalid || one.Key == "" {
		one = fault.Fault{Kind: fault.Invalid, Field: field, Key: "fault.choice"}
	}
	f.faults = append(f.faults, &one)
}

// Err is what is wrong with the form so far, nil when nothing is. A form that
// is only shown again ([Form.Held]) is never sent on: its Err is not nil.
func (f *Form) Err() error {
	if f.speaks {
		return fault.New(fault.Invalid, "shell.review")
	}
	var all []error
	if f.whole != nil {
		all = append(all, f.whole)
	}
	for _, one := range f.faults {
		all = append(all, one)
	}
	if len(all) == 0 && f.review {
		return fault.New(fault.Invalid, "shell.review")
	}
	return fault.Join(all...)
}

// Given says whether anything was typed: on a POST it was.
func (f *Form) Given() bool { return f.c != nil && f.c.Posted() }

// Has says whether the field was sent at all, empty or not.
func (f *Form) Has(name string) bool { return f.values.Has(name) }

// Value is what was typed into a field, to show it again.
func (f *Form) Value(name string) string {
	if v, ok := f.clean[name]; ok {
		return v
	}
	return clean(f.values.Get(name), true)
}

// Values are the boxes that were ticked, to tick them again.
func (f *Form) Values(name string) []string {
	var all []string
	for _, v := range f.values[name] {
		if v != "" {
			all = append(all, clean(v, false))
		}
	}
	return all
}

// Names lists the fields that were sent, sorted.
func (f *Form) Names() []string {
	names := make([]string, 0, len(f.values))
	for name := range f.values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// encoded is everything that was typed, as a draft keeps it.
func (f *Form) encoded() string {
	kept := url.Values{}
	for name, values := range f.values {
		if secretField(name) {
			continue
		}
		for _, v := range values {
			kept.Add(clean(name, false), clean(v, true))
		}
	}
	return kept.Encode()
}

// secretField names what is never kept nor given back, on whatever page.
func secretField(name string) bool {
	return slices.Contains([]string{"password", "old", "new", "again", "code", "secret"}, name)
}

// take moves the faults of a desk into the form, for the page to show.
func (f *Form) take(err error) {
	seen := map[string]bool{}
	for _, one := range f.faults {
		seen[one.Field+" "+one.Key] = true
	}
	for _, one := range fault.Fields(err) {
		if key := one.Field + " " + one.Key; !seen[key] && one.Key != "shell.review" {
			seen[key] = true
			f.faults = append(f.faults, one)
		}
	}
	f.stale = fault.Is(err, fault.Stale)
}
