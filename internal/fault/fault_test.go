package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"inkingi/internal/fault"
)

func TestUnclassifiedErrorsAreOurFailure(t *testing.T) {
	f := fault.Of(io.ErrUnexpectedEOF)
	if f.Kind != fault.Internal || f.Key != "fault.internal" || !errors.Is(f, io.ErrUnexpectedEOF) {
		t.Errorf("%v", f)
	}
	if !fault.Is(io.EOF, fault.Internal) || fault.Is(nil, fault.Internal) {
		t.Error("an error of no kind is Internal, and no error is of no kind")
	}
	if (&fault.Fault{}).Kind != fault.Internal {
		t.Error("the zero fault is not our failure")
	}
}

func TestFaultsAreFoundThroughWrapping(t *testing.T) {
	inner := fault.Field("colline", "place.unknown")
	err := fmt.Errorf("save signal 7: %w", fault.Wrap(fault.Stale, "signal.changed", inner))
	if f := fault.Of(err); f.Kind != fault.Stale || f.Key != "signal.changed" {
		t.Errorf("the first fault wins, got %v", f)
	}
	if !errors.Is(err, inner) {
		t.Error("the cause is lost")
	}
	if got := fault.Fields(err); len(got) != 1 || got[0].Field != "colline" {
		t.Errorf("fields under another fault: %v", got)
	}
}

func TestWrapOfNothingIsNothing(t *testing.T) {
	if err := fault.Wrap(fault.Unavailable, "x", nil); err != nil {
		t.Errorf("%v", err)
	}
	if err := fault.Join(nil, nil); err != nil {
		t.Errorf("%v", err)
	}
	if err := fault.At("born", nil); err != nil {
		t.Errorf("%v", err)
	}
}

func TestFieldsKeepTheOrderOfTheForm(t *testing.T) {
	err := fault.Join(
		fault.Field("danger", "a"), nil,
		fmt.Errorf("more: %w", fault.Join(fault.FieldArgs("place", "b", map[string]any{"Max": 3}), fault.New(fault.Denied, "no"))),
		fault.Field("channel", "c"), io.EOF)
	var got []string
	for _, f := range fault.Fields(err) {
		got = append(got, f.Field+"="+f.Key)
	}
	if want := "[danger=a place=b channel=c]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
	if fault.Fields(nil) != nil || fault.Fields(io.EOF) != nil {
		t.Error("fields out of nothing")
	}
}

func TestAtMovesFaultsToAField(t *testing.T) {
	inner := fault.FieldArgs("place", "place.not.then", map[string]any{"Until": "2025-07-01"})
	f := fault.Of(fault.At("origin", inner))
	if f.Field != "origin" || f.Key != "place.not.then" || f.Args["Until"] != "2025-07-01" {
		t.Errorf("%v", f)
	}
	if fault.Of(inner).Field != "place" {
		t.Error("the fault itself was changed")
	}
	denied := fault.New(fault.Denied, "no")
	if fault.At("origin", denied) != denied || fault.At("origin", io.EOF) != io.EOF {
		t.Error("only Invalid faults stand at a field")
	}
}

func TestWhatALogMayHold(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{fault.New(fault.Withheld, "case.none"), "withheld: case.none"},
		{fault.Field("born-year", "date.year.digits"), "invalid: date.year.digits (born-year)"},
		{fault.Wrap(fault.Unavailable, "store.away", io.EOF), "unavailable: store.away: EOF"},
		{fault.FieldArgs("x", "k", map[string]any{"Typed": "never here"}), "invalid: k (x)"},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	if got := fault.Kind(200).String(); got != "internal" {
		t.Errorf("an unknown kind is %q", got)
	}
}
