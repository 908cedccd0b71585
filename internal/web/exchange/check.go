package exchange

import (
	"strconv"

	"inkingi/internal/access"
	"inkingi/internal/exchange"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// shownProblems is how many a page lists; the count says how many there are.
const shownProblems = 200

// checkView is the dry run: what was counted, and every problem by row and
// column, never the value.
type checkView struct {
	shell.View
	draft
	Rows   []govuk.SummaryRow
	Table  govuk.CardTable
	More   int // problems beyond those that are listed
	Ready  bool
	Loaded int // rows that are in already: the list is half-loaded
}

// surveyed is a draft after its dry run.
type surveyed struct {
	draft
	legacy *exchange.Legacy
	survey exchange.Survey
	mark   string
	begun  protection.LegacyList
}

// survey reads the file of the draft to its end.
func (r *Rooms) survey(c *shell.Context) (s surveyed, err error) {
	d, g, err := r.open(c)
	if err != nil {
		return s, err
	}
	s.draft = d
	s.legacy = &exchange.Legacy{Mapping: d.mapping, Country: r.Country, Today: r.Country.Day(c.At), File: d.file}
	if wrong := d.mapping.Check(r.Country); fault.Is(wrong, fault.Invalid) {
		s.survey.Problems = exchange.Problems(wrong)
		return s, nil
	} else if wrong != nil {
		return s, wrong
	}
	if s.mark, err = s.legacy.Mark(); err != nil {
		return s, err
	}
	s.survey, err = s.legacy.Survey(c, func(marks []string) ([]bool, error) { return r.Archive.Store.KnownLegacy(c, g, d.Owner, s.mark, marks) }, nil)
	if err == nil {
		s.begun, err = r.Archive.Begun(c, g, d.Owner, s.mark)
	}
	return s, err
}

func (r *Rooms) check(c *shell.Context) error {
	r.turn.Lock()
	s, err := r.survey(c)
	r.turn.Unlock()
	if err != nil {
		return err
	}
	v := checkView{View: c.View(), draft: s.draft, Ready: len(s.survey.Problems) == 0}
	if !s.begun.Done {
		v.Loaded = s.begun.Rows
	}
	v.Rows = []govuk.SummaryRow{v.row("legacy.list.name", s.mapping.Name), v.row("legacy.rows", v.Number(s.survey.Rows)), v.row("legacy.people", v.Number(s.survey.People)),
		v.row("legacy.repeats", v.Number(s.survey.Duplicates)), v.row("legacy.problems", v.Number(len(s.survey.Problems)))}
	if v.Loaded > 0 {
		v.Rows = append(v.Rows, v.row("legacy.loaded", v.T("legacy.loaded.of", "Done", v.Loaded, "All", s.survey.Rows)))
	}
	v.Table = govuk.CardTable{Caption: v.T("legacy.problems"), Columns: []govuk.Column{{Title: v.T("legacy.problem.row")}, {Title: v.T("legacy.problem.column")}, {Title: v.T("legacy.problem.what")}}}
	for i, p := range s.survey.Problems {
		if i == shownProblems {
			v.More = len(s.survey.Problems) - i
			break
		}
		v.Table.Rows = append(v.Table.Rows, []govuk.Slot{{Text: v.place(p)}, {Text: p.Column}, {Text: v.T(p.Key)}})
	}
	return c.Page(shell.Page{Title: v.T("legacy.check.title"), Body: check(v), Back: s.path(), Section: navLists, Wide: true})
}

func (v checkView) row(key, value string) govuk.SummaryRow {
	return govuk.SummaryRow{Key: govuk.SummaryCell{Text: v.T(key)}, Value: govuk.SummaryCell{Text: value}}
}

// place is the row of a problem, or the file as a whole.
func (v checkView) place(p exchange.Problem) string {
	if p.Row == 0 {
		return v.T("legacy.problem.file")
	}
	return strconv.Itoa(p.Row)
}

// load brings the list in, some thousand rows at a press, and forgets the draft
// when all of it is there.
func (r *Rooms) load(c *shell.Context) error {
	if err := c.Form().Err(); err != nil { // only looked at again
		return err
	}
	r.turn.Lock()
	defer r.turn.Unlock()
	s, err := r.survey(c)
	if err != nil {
		return err
	}
	if len(s.survey.Problems) > 0 {
		return c.Redirect(s.path() + "/check")
	}
	next, err := s.legacy.Records(c)
	if err != nil {
		return err
	}
	list, err := r.Archive.Import(c, c.Who, protection.ImportList{Owner: s.Owner, Name: s.mapping.Name, Mark: s.mark, Layout: vault.Clear(s.survey.Layout), Next: next, Most: recordsOnce})
	if err != nil {
		return access.Hidden(err)
	}
	if !list.Done {
		c.Notice("legacy.load.more")
		return c.Redirect(s.path() + "/check")
	}
	if err := r.Archive.DiscardDraft(c, c.Who, s.ID); err != nil {
		return err
	}
	c.Notice("legacy.load.done")
	return c.Redirect(listsPath)
}

// forget destroys the draft.
func (r *Rooms) forget(c *shell.Context) error {
	id, err := shell.ID[ids.List](c, "draft")
	if err == nil {
		err = c.Form().Err()
	}
	if err == nil {
		err = r.Archive.DiscardDraft(c, c.Who, id)
	}
	if err != nil {
		return err
	}
	c.Notice("legacy.forget.done")
	return c.Redirect(listsPath)
}
