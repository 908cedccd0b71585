package protection

import (
	"context"
	"slices"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// The papers that somebody may hold in her hands (issue 3, item 13).
const (
	AppointmentPaper = "APPOINTMENT" // her code, and where and when if she wants them on paper
	HotlinePaper     = "HOTLINE"     // numbers to call
	SummaryPaper     = "SUMMARY"     // what is kept about her, who received it, what is agreed
	ConsentPaper     = "CONSENT"     // the form of one answer: it stays in the file
)

// Papers lists them.
var Papers = [...]string{AppointmentPaper, HotlinePaper, SummaryPaper, ConsentPaper}

// Print puts something of a case on paper. To memorise and take nothing along is
// the first advice; a paper that leaves with her needs that she was asked who
// may search her, and chose it.
type Print struct {
	Case     ids.Case
	Paper    string
	Language string      // code of the language it is written in
	Consent  ids.Consent // which, for its form
	Chosen   bool        // she was asked, and wants it
}

// Check says what is missing. Language is for the caller to know: it is never
// kept but in the log.
func (c Print) Check() error {
	switch {
	case !slices.Contains(Papers[:], c.Paper):
		return fault.Field("paper", "print.paper.missing")
	case c.Language == "":
		return fault.Field("language", "print.language.missing")
	case c.Paper != ConsentPaper && !c.Chosen:
		return fault.Field("chosen", "print.chosen.missing")
	}
	return nil
}

// Print decides whether a paper may be made, and leaves in the log which it was:
// a paper is a copy that no key can take back. What stands on it the caller has
// read under his own grants; the consent of a form is read here. Who may not
// print gets Withheld or Denied, and a consent of another case is NotFound.
func (d *Desk) Print(ctx context.Context, w access.Who, c Print) (Consent, error) {
	g, err := d.may(ctx, w, access.CasePrint, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return Consent{}, err
	}
	if err := c.Check(); err != nil {
		return Consent{}, err
	}
	entry := audit.Of(g, d.Now()).With("paper", c.Paper).With("language", c.Language)
	if c.Paper != ConsentPaper {
		return Consent{}, d.Store.Note(ctx, entry)
	}
	own, err := d.may(ctx, w, access.ConsentRead, access.ConsentKind, c.Consent.UUID, access.ForProtection)
	if err != nil {
		return Consent{}, err
	}
	k, err := d.Store.Consent(ctx, own, c.Consent)
	if err == nil && k.Case != c.Case {
		err = fault.New(fault.NotFound, access.NotFoundKey)
	}
	if err != nil {
		return Consent{}, err
	}
	return k, d.Store.Note(ctx, entry.About(access.ConsentKind, k.ID.UUID))
}
