package protection

import (
	"context"
	"testing"
	"time"

	"inkingi/internal/ids"
)

// door is a shelf that knows who answers at a shelter.
type door struct {
	*shelf
	hosts []ids.Account
}

func (d door) Hosts(context.Context, ids.Org, time.Time) ([]ids.Account, error) { return d.hosts, nil }

// The four hours of a RED request ring for whoever answers, twice; others once.
func TestKnock(t *testing.T) {
	d, s := desk(t)
	hosts := []ids.Account{ids.New[ids.Account](), ids.New[ids.Account]()}
	d.Store = door{s, hosts}
	for level, want := range map[Danger]int{Red: 4, Orange: 2, Green: 2} {
		r := Referral{ID: ids.New[ids.Referral](), Level: level, SentAt: noon(), AckBy: noon().Add(4 * time.Hour)}
		alerts, err := d.knock(context.Background(), r)
		if err != nil || len(alerts) != want {
			t.Fatalf("%s: %d alerts, %v", level, len(alerts), err)
		}
		for _, a := range alerts {
			if a.About != r.ID.UUID || a.At.After(noon().Add(2*time.Hour)) || (a.Key == "alert.red") != (level == Red) {
				t.Errorf("%s: %+v", level, a)
			}
		}
	}
}
