package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// CopyFile is a copy of somebody's own file, at her request (PROCESS.md §2.13 7).
type CopyFile struct {
	Case     ids.Case
	Language string // code of the language it is written in
	Checked  bool   // it is she: she was recognised, or said what only she knows
	Safe     bool   // it goes into her own hand, where nobody takes it from her
}

// Check says what is missing.
func (c CopyFile) Check() error {
	var errs []error
	if c.Language == "" {
		errs = append(errs, fault.Field("language", "print.language.missing"))
	}
	if !c.Checked {
		errs = append(errs, fault.Field("checked", "fault.copy.checked"))
	}
	if !c.Safe {
		errs = append(errs, fault.Field("safe", "fault.copy.safe"))
	}
	return fault.Join(errs...)
}

// FileCopy is what goes into a copy: what she said of herself, and what she wants.
// Who reported, who stands by her, sealed notes and the notes of workers are no part
// of it: they are of others, or could tell of others.
type FileCopy struct {
	Person Person
	Plan   Plan // zero while none is written
	Grant  access.Grant
}

// CopyFile decides whether it may be made, leaves in the log that it was, and gives
// what goes into it.
func (d *Desk) CopyFile(ctx context.Context, w access.Who, c CopyFile) (FileCopy, error) {
	g, err := d.may(ctx, w, access.CaseCopy, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return FileCopy{}, err
	}
	if err := c.Check(); err != nil {
		return FileCopy{}, err
	}
	if err := d.Store.Note(ctx, audit.Of(g, d.Now()).With("paper", "COPY").With("language", c.Language)); err != nil {
		return FileCopy{}, err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return FileCopy{}, err
	}
	v := FileCopy{Grant: g}
	if v.Person, err = d.Store.Person(ctx, g, one.Person); err != nil {
		return FileCopy{}, err
	}
	v.Plan, err = d.Store.PlanOf(ctx, g, c.Case)
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return v, err
}
