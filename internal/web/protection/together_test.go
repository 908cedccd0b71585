package protection

import (
	"errors"
	"fmt"
	"testing"

	"inkingi/internal/web/shell"
)

// The sections of a day keep their order; a section that fails fails the page,
// and one that breaks breaks it where the shell answers.
func TestTogether(t *testing.T) {
	says := func(id string, err error) sectionOf {
		return func(*shell.Context) (Section, error) { return Section{ID: id}, err }
	}
	parts, err := together(nil, []sectionOf{says("a", nil), says("b", nil), says("c", nil)})
	if got := fmt.Sprint(len(parts), parts[0].ID, parts[1].ID, parts[2].ID, err); got != "3abc<nil>" {
		t.Error(got)
	}
	away := errors.New("away")
	if _, err := together(nil, []sectionOf{says("a", nil), says("b", away)}); !errors.Is(err, away) {
		t.Errorf("a section that failed: %v", err)
	}
	defer func() {
		if recover() == nil {
			t.Error("a section that broke was passed over")
		}
	}()
	_, _ = together(nil, []sectionOf{says("a", nil), func(*shell.Context) (Section, error) { panic("broken") }})
}
