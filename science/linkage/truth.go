package linkage

import "regexp"

// Accuracy counts pairs against the truth.
type Accuracy struct {
	TP, FP, FN            int
	Precision, Recall, F1 float64
}

func accuracy(tp, fp, fn int) Accuracy {
	a := Accuracy{TP: tp, FP: fp, FN: fn}
	if tp > 0 {
		a.Precision = float64(tp) / float64(tp+fp)
		a.Recall = float64(tp) / float64(tp+fn)
		a.F1 = 2 * float64(tp) / float64(2*tp+fp+fn)
	}
	return a
}

// Truth knows for each record which person it is, and how many pairs are one.
type Truth struct {
	person []uint32 // 0: not known
	Pairs  int
}

// febrl is how the test sets of Febrl name a record: person, and which copy.
var febrl = regexp.MustCompile(`^(.+)-(?:org|dup-\d+)$`)

// Truth reads the truth from a column: records with one value are one person. A
// record without a value takes no part. rec-12-org and rec-12-dup-0 are one.
func (t *Table) Truth(column string) (*Truth, bool) {
	c := t.column(column)
	if c < 0 {
		return nil, false
	}
	d := newDictionary()
	of := make([]uint32, len(t.cells[c].values))
	for i, v := range t.cells[c].values {
		if m := febrl.FindStringSubmatch(v); m != nil {
			v = m[1]
		}
		of[i] = d.of(v)
	}
	truth := &Truth{person: make([]uint32, t.n)}
	counts := make([]map[uint32]int, len(t.Starts))
	total := map[uint32]int{}
	for f := range counts {
		counts[f] = map[uint32]int{}
	}
	for r, code := range t.cells[c].codes {
		p := of[code]
		if truth.person[r] = p; p == 0 {
			continue
		}
		f := t.file(r)
		truth.Pairs += total[p]
		if len(t.Starts) > 1 {
			truth.Pairs -= counts[f][p]
		}
		counts[f][p]++
		total[p]++
	}
	return truth, true
}

func (t *Truth) one(a, b int) bool { return t.person[a] == t.person[b] && t.person[a] != 0 }

// Of counts links against the truth.
func (t *Truth) Of(links []Link) Accuracy {
	tp, fp := 0, 0
	for _, l := range links {
		switch {
		case t.one(l.A, l.B):
			tp++
		case t.person[l.A] != 0 && t.person[l.B] != 0:
			fp++
		}
	}
	return accuracy(tp, fp, t.Pairs-tp)
}

// Point is the accuracy at a threshold of the weight.
type Point struct {
	Weight float64
	Accuracy
}

// Curve is the accuracy at each threshold. The best point of it is chosen with
// the truth in hand: it is what could be, not what will be.
func (t *Truth) Curve(links []Link) []Point {
	var curve []Point
	tp, fp := 0, 0
	for i, l := range links {
		if t.one(l.A, l.B) {
			tp++
		} else if t.person[l.A] != 0 && t.person[l.B] != 0 {
			fp++
		}
		if i+1 == len(links) || links[i+1].Weight < l.Weight {
			curve = append(curve, Point{l.Weight, accuracy(tp, fp, t.Pairs-tp)})
		}
	}
	return curve
}
