package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Progress is one thing that the receiver of a request says of the service since she
// arrived: whether she came on a day, that it stopped or went on, how it ended, and a
// short word back to whoever sent her. It is never changed; a later one counts. It is
// no story: codes, and a few words for the sender alone.
type Progress struct {
	ID       ids.Progress
	Referral ids.Referral
	Case     ids.Case
	Owner    ids.Org // who follows her
	Org      ids.Org // who says it
	Kind     ProgressKind
	Day      date.Day
	Codes    []string   // code list "attendance", "service_pause", "service_outcome" or "service_feedback"
	Words    vault.Text // of what is said back; sealed with her file
	By       ids.Account
	At       time.Time
}

// ProgressKind says what it is about.
type ProgressKind string

// What a receiver says.
const (
	OfDay     ProgressKind = "DAY"
	OfPause   ProgressKind = "PAUSED"
	OfResume  ProgressKind = "RESUMED"
	OfEnd     ProgressKind = "ENDED"
	OfReplied ProgressKind = "FEEDBACK"
)

// ProgressKinds lists them in order.
var ProgressKinds = [...]ProgressKind{OfDay, OfPause, OfResume, OfEnd, OfReplied}

// Code is its first code, "" when there is none.
func (p Progress) Code() string {
	if len(p.Codes) == 0 {
		return ""
	}
	return p.Codes[0]
}

// of completes what is said with the request it is about and who says it.
func (p Progress) of(r Referral, w access.Who, at time.Time) Progress {
	p.Referral, p.Case, p.Owner, p.Org, p.By, p.At = r.ID, r.Case, r.From, w.Post.Org, w.Account, at
	return p
}

// Progress lists what the receiver said of the service on a request, for who reads it.
func (d *Desk) Progress(ctx context.Context, g access.Grant, id ids.Referral) ([]Progress, error) {
	return d.Store.Progress(ctx, g, id)
}

// FedBack reads what was said back, for who reads the services of her case.
func (d *Desk) FedBack(ctx context.Context, w access.Who, r Referral) (Progress, access.Grant, error) {
	g, err := d.may(ctx, w, access.EpisodeRead, access.CaseKind, r.Case.UUID, access.ForProtection)
	if err != nil {
		return Progress{}, g, err
	}
	p, err := d.Store.FedBack(ctx, g, r.ID)
	return p, g, err
}

// together joins the days that were noted on both sides, the newest first: about one
// day the last word counts, whoever says it.
func together(noted []Attendance, e ids.Episode, said []Progress) []Attendance {
	all := slices.Clone(noted)
	for _, p := range said {
		if p.Kind == OfDay {
			all = append(all, Attendance{ID: ids.Attendance{UUID: p.ID.UUID}, Episode: e, Day: p.Day, Came: p.Code(), Org: p.Org, By: p.By, At: p.At})
		}
	}
	slices.SortStableFunc(all, func(a, b Attendance) int {
		if a.Day != b.Day {
			if a.Day.After(b.Day) {
				return -1
			}
			return 1
		}
		return b.At.Compare(a.At)
	})
	return slices.CompactFunc(all, func(a, b Attendance) bool { return a.Day == b.Day })
}

// Waiting are the words of the provider that nobody agreed with or corrected yet: that
// the service stopped, went on, ended.
func (e Episode) Waiting(said []Progress) []Progress {
	if e.State == Ended {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(said), func(p Progress) bool {
		return !p.At.After(e.Heard) || p.Kind == OfDay || p.Kind == OfReplied
	})
}

// take carries over what the provider said, word by word, onto the record of whoever
// follows her. What does not fit any more is passed over; no day goes before another.
func (e Episode) take(said []Progress, at time.Time) Episode {
	for _, p := range e.Waiting(said) {
		day := p.Day
		if least := e.least(); day.Before(least) {
			day = least
		}
		switch {
		case p.Kind == OfPause && e.State == Running:
			e = e.pause(PauseService{Day: day, Reason: p.Code()})
		case p.Kind == OfResume && e.State == Paused:
			e = e.pause(PauseService{Day: day, Resume: true})
		case p.Kind == OfEnd && e.State != Ended:
			e = e.end(EndService{Until: day, Outcome: p.Code()})
		}
	}
	e.Heard = at
	return e
}

// least is the day before which nothing more can happen to a service.
func (e Episode) least() date.Day {
	least := e.From
	if n := len(e.Pauses); n > 0 {
		for _, day := range []date.Day{e.Pauses[n-1].From, e.Pauses[n-1].Until} {
			if day.After(least) {
				least = day
			}
		}
	}
	return least
}
