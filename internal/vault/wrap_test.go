package vault

import (
	"testing"
	"time"
)

func TestWrapIsBoundToItsPurposeAndSurvivesRotation(t *testing.T) {
	m := NewMaster(time.Now())
	wrapped, err := m.Wrap("audit", []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := m.Rotated(time.Now()).Unwrap("audit", wrapped); err != nil || string(got) != "secret" {
		t.Errorf("after rotation: %q, %v", got, err)
	}
	if _, err := m.Unwrap("other", wrapped); err == nil {
		t.Error("another purpose opened it")
	}
	if _, err := NewMaster(time.Now()).Unwrap("audit", wrapped); err == nil {
		t.Error("another master opened it")
	}
	if _, err := m.Unwrap("audit", nil); err == nil {
		t.Error("nothing opened")
	}
}
