package disclosure_test

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"inkingi/science/disclosure"
)

// example is the file that Synthetic Data Showcase is measured on.
func example(t testing.TB) *disclosure.Records {
	t.Helper()
	f, err := os.Open("testdata/pacsynth_example.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := disclosure.ReadRecords(f, disclosure.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The numbers of combinations and their mean counts are those that sds-core prints.
func TestCombinationsAreCountedAsThePeersDo(t *testing.T) {
	r := example(t)
	q, err := disclosure.Comparison{Longest: 4}.Compare(r, r)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		n    int
		mean float64
	}{{25, 1382.84}, {209, 426.84688995215313}, {907, 149.74641675854465}, {2387, 56.63259321323837}} {
		if l := q.Lengths[i]; l.Real != want.n || math.Abs(l.Mean-want.mean) > 1e-9*want.mean || l.Released != want.n {
			t.Errorf("%d values: %d combinations of %.12f, not %d of %.12f", i+1, l.Real, l.Mean, want.n, want.mean)
		}
	}
	if q.All.Real != 3528 || math.Abs(q.All.Mean-111.90022675736961) > 1e-9 {
		t.Errorf("all: %d of %g", q.All.Real, q.All.Mean)
	}
}

// Worked by hand: 4 persons, 5 records.
func TestQualityByHand(t *testing.T) {
	real := read(t, "a,b\nx,1\nx,1\ny,0\nz,1\n", disclosure.Reading{})
	made := read(t, "a,b\nx,1\nx,\ny,1\ny,1\nw,1\n", disclosure.Reading{})
	q, err := disclosure.Comparison{}.Compare(real, made)
	if err != nil {
		t.Fatal(err)
	}
	// one value: x 2/2, y 1/2, z 1/0, w 0/1, 1 3/4; two: x1 2/1, z1 1/0, y1 0/2, w1 0/1
	one, two := q.Lengths[0], q.Lengths[1]
	for what, pair := range map[string][2]float64{
		"mean": {one.Mean, 7. / 4}, "error": {one.Error, 3. / 4}, "common": {one.Common, 2. / 3}, "suppressed": {one.Suppressed, 25},
		"fabricated": {one.Fabricated, 25}, "visible": {one.Visible, 0}, "leaked": {float64(one.Leaked), 3},
		"two: error": {two.Error, 1}, "two: suppressed": {two.Suppressed, 50}, "two: fabricated": {two.Fabricated, 200. / 3},
		"expansion": {q.Expansion, 25}, "distance of b": {2*one.Distance - (math.Abs(.5-.4)+math.Abs(.25-.4)+.25+.2)/2, math.Abs(.25 - .2)},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-9 {
			t.Errorf("%s is %g, not %g", what, pair[0], pair[1])
		}
	}
	if len(q.Sizes) != 1 || q.Sizes[0].Combinations != 7 {
		t.Errorf("sizes %+v", q.Sizes)
	}
	q, err = disclosure.Comparison{Zeros: []string{"b"}}.Compare(real, made)
	if err != nil || q.Lengths[0].Real != 5 {
		t.Errorf("with zeros: %+v %v", q, err)
	}
}

// The report is a page of its own, well formed, and says what it must.
func TestBriefSaysWhatItMust(t *testing.T) {
	r := example(t)
	q, err := disclosure.Comparison{}.Compare(r, r)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range []disclosure.Brief{
		{Title: "<Release>", Method: "aim", Promise: &disclosure.Promise{Epsilon: 4, Delta: 1e-6}, Unit: "the row", Quality: q, Warnings: []string{"a & b"}},
		{Title: "Rows", Method: "rows", K: 11, Unit: "the row", Quality: q},
	} {
		page := b.HTML()
		d := xml.NewDecoder(strings.NewReader(strings.NewReplacer("<!DOCTYPE html>", "", `<meta charset="utf-8">`, "", `<meta name="viewport" content="width=device-width">`, "").Replace(page)))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%v in %s", err, page)
			}
		}
		for _, want := range []string{"must not be published", "No record is a person", "<svg", "mean error", "%!"} {
			if strings.Contains(page, want) != (want != "%!") {
				t.Errorf("%s: %q", b.Method, want)
			}
		}
		if made := strings.Contains(page, "55 times"); made != (b.Method == "aim") {
			t.Errorf("%s: promise %v", b.Method, made)
		}
	}
}
