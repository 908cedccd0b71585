package store

import (
	"inkingi/internal/ids"
	"inkingi/protection"
)

// haltRow is what a suspended case goes back to; nothing of it is there otherwise.
type haltRow struct {
	From maybe               `db:"halted_from"`
	Why  maybe               `db:"halted_why"`
	Held *asJSON[[]heldTask] `db:"held"`
}

// heldTask is a task that is held back while a contact would endanger her.
type heldTask struct {
	Key   string `json:"key"`
	Since stamp  `json:"since"`
	Due   stamp  `json:"due"`
}

func haltRowOf(x protection.Halt) haltRow {
	row := haltRow{From: maybe(x.From), Why: maybe(x.Why)}
	if x.From == "" {
		return row
	}
	var all []heldTask
	for _, t := range x.Held {
		all = append(all, heldTask{t.Key, at(t.From), at(t.Due)})
	}
	held := inJSON(all)
	row.Held = &held
	return row
}

func (r haltRow) halt(of ids.Case) protection.Halt {
	x := protection.Halt{From: protection.CaseState(r.From), Why: string(r.Why)}
	if r.Held == nil {
		return x
	}
	for _, t := range r.Held.V {
		x.Held = append(x.Held, protection.Task{Case: of, Key: t.Key, From: t.Since.Time, Due: t.Due.Time})
	}
	return x
}
