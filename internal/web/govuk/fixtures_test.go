package govuk

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"
)

// fixture is one example that govuk-frontend ships: options in, HTML out.
type fixture struct {
	Name    string         `json:"name"`
	Options map[string]any `json:"options"`
	HTML    string         `json:"html"`
}

// drawn says how each component is made of its options. A file of fixtures
// without a line here, or a line without a file, fails.
var drawn = map[string]func(map[string]any) (templ.Component, error){
	"back-link":           draw[BackLink],
	"breadcrumbs":         draw[Breadcrumbs],
	"button":              draw[Button],
	"character-count":     draw[CharacterCount],
	"checkboxes":          draw[Checkboxes],
	"date-input":          draw[DateInput],
	"details":             draw[Details],
	"error-message":       draw[ErrorMessage],
	"error-summary":       draw[ErrorSummary],
	"exit-this-page":      draw[ExitThisPage],
	"fieldset":            draw[Fieldset],
	"hint":                draw[Hint],
	"input":               draw[Input],
	"inset-text":          draw[InsetText],
	"label":               draw[Label],
	"language-navigation": draw[LanguageNavigation],
	"notification-banner": draw[NotificationBanner],
	"pagination":          draw[Pagination],
	"panel":               draw[Panel],
	"password-input":      draw[PasswordInput],
	"phase-banner":        draw[PhaseBanner],
	"radios":              draw[Radios],
	"select":              draw[Select],
	"service-navigation":  draw[ServiceNavigation],
	"skip-link":           draw[SkipLink],
	"summary-list":        draw[SummaryList],
	"table":               draw[Table],
	"tabs":                draw[Tabs],
	"tag":                 draw[Tag],
	"task-list":           draw[TaskList],
	"textarea":            draw[Textarea],
	"warning-text":        draw[WarningText],
}

func draw[T templ.Component](options map[string]any) (templ.Component, error) {
	return bind[T](options)
}

// excepted lists the fixtures that we do not match on purpose, with the reason.
// An exception that matches after all fails too.
var excepted = map[string]string{}

func readFixtures(t *testing.T) map[string][]fixture {
	t.Helper()
	files, err := filepath.Glob("testdata/govuk-frontend/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	all := map[string][]fixture{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var file struct{ Fixtures []fixture }
		if err := json.Unmarshal(data, &file); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".json")] = file.Fixtures
	}
	return all
}

func TestFixturesOfGovukFrontend(t *testing.T) {
	all := readFixtures(t)
	checked, equal := 0, 0
	for component := range drawn {
		if len(all[component]) == 0 {
			t.Errorf("%s has no fixtures", component)
		}
	}
	for component, fixtures := range all {
		make, ok := drawn[component]
		if !ok {
			t.Errorf("%s: fixtures but no component", component)
			continue
		}
		for _, f := range fixtures {
			checked++
			name := component + "/" + f.Name
			diff := difference(t, make, f)
			reason, exception := excepted[name]
			switch {
			case diff == "" && exception:
				t.Errorf("%s matches: take it off the exceptions (%s)", name, reason)
			case diff == "":
				equal++
			case !exception:
				t.Errorf("%s differs (-want +got):\n%s", name, diff)
			}
		}
	}
	t.Logf("%d fixtures of %d components checked: %d equal, %d excepted", checked, len(all), equal, len(excepted))
}

func difference(t *testing.T, make func(map[string]any) (templ.Component, error), f fixture) string {
	t.Helper()
	c, err := make(f.Options)
	if err != nil {
		return err.Error()
	}
	var b bytes.Buffer
	if err := c.Render(t.Context(), &b); err != nil {
		return err.Error()
	}
	got, err := canonical(b.String())
	if err != nil {
		t.Fatal(err)
	}
	want, err := canonical(f.HTML)
	if err != nil {
		t.Fatal(err)
	}
	return cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n"))
}
