package govuk

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
)

func drawnAs(t *testing.T, c templ.Component) string {
	t.Helper()
	return htmlIn(t, t.Context(), c)
}

func htmlIn(t *testing.T, ctx context.Context, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestNobodyAssessedIsNeverShownAsTheLowestDanger(t *testing.T) {
	got := drawnAs(t, Danger{Text: "?"})
	if !strings.Contains(got, "ink-danger--open") || strings.Contains(got, "green") {
		t.Errorf("the zero level is drawn as %s", got)
	}
	if got := drawnAs(t, Danger{Level: 200, Text: "?"}); !strings.Contains(got, "ink-danger--red") {
		t.Errorf("an unknown level must be drawn as the highest: %s", got)
	}
}

func TestDangerAndClocksNeverRelyOnColourAlone(t *testing.T) {
	signs := map[string]string{}
	for level := DangerOpen; level <= DangerRed; level++ {
		got := drawnAs(t, Danger{Level: level, Text: "mot"})
		sign := got[strings.Index(got, ` d="`):strings.Index(got, "</path>")]
		if other, twice := signs[sign]; twice {
			t.Errorf("levels %s and %s have the same shape", other, level.name())
		}
		signs[sign] = level.name()
		if !strings.Contains(got, ">mot<") || !strings.Contains(got, `aria-hidden="true"`) {
			t.Errorf("%s: no word, or a shape that is read aloud: %s", level.name(), got)
		}
	}
	late, met := drawnAs(t, Clock{State: ClockLate, Text: "en retard"}), drawnAs(t, Clock{State: ClockMet, Text: "fait"})
	if !strings.Contains(late, signTriangle) || !strings.Contains(met, signCheck) {
		t.Error("a late clock and a met one need their own shapes")
	}
}

func TestClockCarriesItsMomentForMachines(t *testing.T) {
	at := time.Date(2026, 11, 25, 16, 5, 0, 0, time.FixedZone("CAT", 2*3600))
	got := drawnAs(t, Clock{Label: "Réponse", Text: "reste 2 h", At: at})
	if !strings.Contains(got, `datetime="2026-11-25T14:05:00Z"`) {
		t.Error(got)
	}
	if got := drawnAs(t, Clock{Text: "en pause"}); strings.Contains(got, "<time") {
		t.Errorf("no moment is known: %s", got)
	}
}

func TestPhoneNumbersAreDialled(t *testing.T) {
	got := drawnAs(t, CallNow{Title: "Appelez", Numbers: []PhoneNumber{{Number: "+257 22 00 00 00", Name: "police"}}})
	if !strings.Contains(got, `href="tel:+25722000000"`) {
		t.Error(got)
	}
}

func TestCardTableKeepsAnEmptyCellOffThePhone(t *testing.T) {
	got := drawnAs(t, CardTable{Columns: []Column{{Title: "A"}, {Title: "B"}}, Rows: [][]Slot{{{Text: "a"}, {}, {Text: "no column"}}}})
	if !strings.Contains(got, `<td role="cell"></td>`) {
		t.Errorf("an empty cell must hold nothing at all: %s", got)
	}
	if strings.Count(got, "<td") != 2 || !strings.Contains(got, "no column") {
		t.Errorf("a cell is lost: %s", got)
	}
}

// The fixtures show these slots for few components; ours draw them for all.
func TestSlotsBeforeAndAfter(t *testing.T) {
	group := FormGroup{BeforeInput: Slot{Text: "(before)"}, AfterInput: Slot{HTML: Text("(after)")}, Attributes: templ.Attributes{"data-x": "1"}}
	for name, c := range map[string]templ.Component{
		"input":           Input{Name: "f", FormGroup: group},
		"textarea":        Textarea{Name: "f", FormGroup: group},
		"select":          Select{Name: "f", FormGroup: group},
		"radios":          Radios{Name: "f", FormGroup: group},
		"checkboxes":      Checkboxes{Name: "f", FormGroup: group},
		"date input":      DateInput{ID: "f", FormGroup: group},
		"character count": CharacterCount{Name: "f", Maxlength: 5, FormGroup: group},
		"password input":  PasswordInput{Name: "f", FormGroup: group},
	} {
		got := drawnAs(t, c)
		before, after := strings.Index(got, "(before)"), strings.Index(got, "(after)")
		field := max(strings.Index(got, "<input"), strings.Index(got, "<textarea"), strings.Index(got, "<select"), strings.Index(got, `-module="govuk-radios"`), strings.Index(got, `-module="govuk-checkboxes"`))
		if before < 0 || after < before || !strings.Contains(got, `data-x="1"`) {
			t.Errorf("%s: %s", name, got)
		}
		if name != "radios" && name != "checkboxes" && (field < before || field > after) {
			t.Errorf("%s: the field does not stand between: %s", name, got)
		}
	}
}

func TestWhatIsTypedIsEscaped(t *testing.T) {
	bad := `"><script>alert(1)</script>`
	for name, c := range map[string]templ.Component{
		"input":    Input{Name: "f", Value: bad, ErrorMessage: ErrorMessage{Text: bad}, Hint: Hint{Text: bad}, Label: Label{Text: bad}},
		"textarea": Textarea{Name: "f", Value: "</textarea>" + bad},
		"radios":   Radios{Name: "f", Items: []Choice{{Value: bad, Text: bad, Hint: Hint{Text: bad}}}},
		"select":   Select{Name: "f", Items: []SelectItem{{Value: bad, Text: bad}}},
		"date":     DateInput{ID: "f", Values: map[string]string{"day": bad}},
		"table":    CardTable{Columns: []Column{{Title: bad}}, Rows: [][]Slot{{{Text: bad}, {Text: bad}}}},
		"queue":    Queue{Rows: []QueueRow{{Title: bad, Href: "javascript:alert(1)", Next: bad, Facts: []Fact{{Name: bad, Value: bad}}}}},
		"call":     CallNow{Title: bad, Numbers: []PhoneNumber{{Number: bad, Name: bad}}},
		"timeline": Timeline{Items: []TimelineItem{{Title: bad, When: bad, By: bad, Mark: bad}}},
		"attrs":    Input{Name: "f", Attributes: templ.Attributes{"data-x": bad}},
	} {
		got := drawnAs(t, c)
		if strings.Contains(got, "<script") || strings.Contains(got, "</textarea><") && name == "textarea" && strings.Count(got, "</textarea>") != 1 {
			t.Errorf("%s lets HTML through: %s", name, got)
		}
		if strings.Contains(got, "javascript:") {
			t.Errorf("%s lets a script address through: %s", name, got)
		}
	}
}

func TestWordsComeFromTheReader(t *testing.T) {
	key := func(key string, _ ...any) string { return "<" + key + ">" }
	ctx := WithWords(t.Context(), Speak(key))
	for name, c := range map[string]templ.Component{
		"govuk.error":         Input{Name: "f", ErrorMessage: ErrorMessage{Text: "x"}},
		"govuk.problem":       ErrorSummary{},
		"govuk.back":          BackLink{},
		"govuk.day":           DateInput{ID: "f"},
		"govuk.exit":          ExitThisPage{RedirectURL: "https://example.org"},
		"govuk.exit.two":      ExitThisPage{RedirectURL: "https://example.org"},
		"govuk.password.hide": PasswordInput{Name: "f"},
		"govuk.count.at":      CharacterCount{Name: "f", Maxlength: 10},
		"govuk.count.limit":   CharacterCount{Name: "f", Maxlength: 10},
		"govuk.previous":      Pagination{Previous: PageLink{Href: "#"}},
		"govuk.menu":          ServiceNavigation{Navigation: []NavItem{{Text: "a", Href: "#"}, {Text: "b", Href: "#"}}},
		"govuk.language":      LanguageNavigation{},
		"govuk.success":       NotificationBanner{Type: SuccessBanner, Text: "x"},
	} {
		if got := htmlIn(t, ctx, c); !strings.Contains(got, "&lt;"+name+"&gt;") {
			t.Errorf("%s is not said: %s", name, got)
		}
	}
}
