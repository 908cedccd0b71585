package main

import (
	"slices"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	const lines = `{"Action":"start","Package":"a"}
{"Action":"run","Package":"a","Test":"TestGood"}
{"Action":"output","Package":"a","Test":"TestGood","Output":"quiet please\n"}
{"Action":"pass","Package":"a","Test":"TestGood","Elapsed":0.1}
{"Action":"run","Package":"a","Test":"TestSkip"}
{"Action":"output","Package":"a","Test":"TestSkip","Output":"    a_test.go:3: no clock\n"}
{"Action":"skip","Package":"a","Test":"TestSkip"}
{"Action":"run","Package":"a","Test":"TestShared"}
{"Action":"output","Package":"a","Test":"TestShared","Output":"    a_test.go:9: stays in ../shared/data/x.csv, which is not here\n"}
{"Action":"skip","Package":"a","Test":"TestShared"}
{"Action":"pass","Package":"a","Elapsed":0.2}
{"Action":"run","Package":"b","Test":"TestBad"}
{"Action":"output","Package":"b","Test":"TestBad","Output":"    b_test.go:4: got 1, want 2\n"}
{"Action":"fail","Package":"b","Test":"TestBad"}
{"Action":"fail","Package":"b","Elapsed":0.2}
{"Action":"run","Package":"c","Test":"TestPanics"}
{"Action":"output","Package":"c","Output":"panic: no\n"}
{"Action":"fail","Package":"c","Elapsed":0.2}
{"ImportPath":"d","Action":"build-output","Output":"d.go:1: no such word\n"}
{"ImportPath":"d","Action":"build-fail"}
{"Action":"fail","Package":"d","FailedBuild":"d"}
go: something else
{"Action":"run","Package":"e","Test":"TestCutShort"}
`
	var out strings.Builder
	got, err := Read(strings.NewReader(lines), &out)
	if err != nil {
		t.Fatal(err)
	}
	if got.Passed != 1 {
		t.Errorf("%d passed, want 1", got.Passed)
	}
	if want := []string{"b TestBad", "c TestPanics", "d", "e TestCutShort"}; !slices.Equal(got.Failed, want) {
		t.Errorf("failed %q, want %q", got.Failed, want)
	}
	if want := []string{"a TestSkip: a_test.go:3: no clock"}; !slices.Equal(got.Skipped, want) {
		t.Errorf("skipped %q, want %q", got.Skipped, want)
	}
	if want := []string{"a TestShared: ../shared/data/x.csv"}; !slices.Equal(got.Apart, want) {
		t.Errorf("apart %q, want %q", got.Apart, want)
	}
	for _, want := range []string{"got 1, want 2", "panic: no", "no such word", "go: something else"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the output lacks %q", want)
		}
	}
	if strings.Contains(out.String(), "quiet please") {
		t.Error("a test that passed speaks")
	}
}

func TestReportGroupsWhatMayBeSkipped(t *testing.T) {
	tally := Tally{Skipped: []string{"a TestOne/x: e.go:3: no clock", "a TestTwo: f.go:4: no clock", "b TestThree: no bell"}}
	var out strings.Builder
	tally.Report(&out, true)
	if want := "\nSkipped:\n    1 tests: no bell\n    2 tests: no clock\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
	out.Reset()
	tally.Report(&out, false)
	if !strings.Contains(out.String(), "TestOne/x") {
		t.Errorf("a skipped test is not named: %s", out.String())
	}
}
