package disclosure_test

import (
	"math"
	"strconv"
	"testing"

	"inkingi/science/disclosure"
)

// The stored run took the codes of its file as numbers, and cells of at most five persons:
// found by trying, for with both its two figures come out to nine digits and without
// neither to one. So the regression on the codes is made here, over all combinations.
func TestSampledIsThatOfSdcMicro(t *testing.T) {
	want := peers(t).Model
	names := []string{"urbrur", "water", "roof", "sex"}
	s := survey(t, "sdcmicro_testdata.csv", disclosure.SurveyReading{Weights: "sampling_weight", Reading: keys(names...)})
	codes := make([][]float64, s.Persons()) // of each person, 1 and its keys
	seen := map[string]float64{}
	name := func(x []float64) string {
		text := ""
		for _, v := range x {
			text += strconv.FormatFloat(v, 'g', -1, 64) + " "
		}
		return text
	}
	grid := [][]float64{{1}}
	for c := range names {
		var next [][]float64
		for _, x := range grid {
			for _, text := range s.Values[c][1:] {
				v, err := strconv.ParseFloat(text, 64)
				if err != nil {
					t.Fatal(err)
				}
				next = append(next, append(append([]float64{}, x...), v))
			}
		}
		grid = next
	}
	for i := range codes {
		codes[i] = []float64{1}
		for c := range names {
			v, _ := strconv.ParseFloat(s.Values[c][s.Codes[c][i]], 64)
			codes[i] = append(codes[i], v)
		}
		seen[name(codes[i])]++
	}
	var counts []float64
	for _, x := range grid {
		counts = append(counts, seen[name(x)])
	}
	b := poisson(grid, counts)
	expected := make([]float64, s.Persons())
	for i, x := range codes {
		expected[i] = math.Exp(dot(b, x))
	}
	alone, found := s.Sampled(expected, 5)
	if !same(alone, want.Gr1) || !same(found, want.Gr2) {
		t.Errorf("%v, %v, not %v, %v", alone, found, want.Gr1, want.Gr2)
	}
	if more, _ := s.Sampled(expected, 0); more >= alone {
		t.Errorf("without a bound %v, with %v", more, alone)
	}
}

func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// poisson is a Poisson regression by Newton's method.
func poisson(x [][]float64, y []float64) []float64 {
	k := len(x[0])
	b := make([]float64, k)
	total := 0.0
	for _, n := range y {
		total += n
	}
	b[0] = math.Log(total / float64(len(y)))
	for range 100 {
		a := make([][]float64, k) // the information with the score beside it
		for i := range a {
			a[i] = make([]float64, k+1)
		}
		for r, row := range x {
			mean := math.Exp(dot(b, row))
			for i := range row {
				for j := range row {
					a[i][j] += mean * row[i] * row[j]
				}
				a[i][k] += (y[r] - mean) * row[i]
			}
		}
		for i := range k {
			for j := range k {
				if j == i {
					continue
				}
				by := a[j][i] / a[i][i]
				for c := range a[j] {
					a[j][c] -= by * a[i][c]
				}
			}
		}
		for i := range b {
			b[i] += a[i][k] / a[i][i]
		}
	}
	return b
}

// By hand: ten persons, of whom one has both rare values and one has the first alone.
func TestLogLinearByHand(t *testing.T) {
	text := "a,b,w\nx,1,5\nx,2,4\n"
	for range 8 {
		text += "y,2,5\n"
	}
	s := surveyOf(t, text, disclosure.SurveyReading{Weights: "w", Reading: keys("a", "b")})
	l := s.LogLinear()
	// λ of (x, 1) is 10·0.2·0.1 and of (x, 2) 10·0.2·0.9; v is four and three times that.
	v, w := 0.2*4, 1.8*3
	if l.Unique != 2 || l.Cells != 3 || !same(l.Expected[0], 0.2) || !same(l.Expected[1], 1.8) || !same(l.Alone, math.Exp(-v)+math.Exp(-w)) ||
		!same(l.Found, (1-math.Exp(-v))/v+(1-math.Exp(-w))/w) {
		t.Errorf("%+v", l)
	}
	register := surveyOf(t, text, disclosure.SurveyReading{Reading: keys("a", "b")}).LogLinear()
	if register.Alone != 2 || register.Found != 2 {
		t.Errorf("of a register: %+v", register)
	}
}

// The mean of 1/F, against the sum over F, and near 0 against the limit.
func TestLogLinearExpectsOneInF(t *testing.T) {
	for _, weight := range []float64{1 + 1e-9, 1.001, 1.5, 3, 40} {
		w := strconv.FormatFloat(weight, 'g', -1, 64)
		l := surveyOf(t, "a,b,w\nx,1,"+w+"\ny,2,"+w+"\n", disclosure.SurveyReading{Weights: "w", Reading: keys("a", "b")}).LogLinear()
		v := 2 * 0.5 * 0.5 * (weight - 1)
		sum, p := 0.0, math.Exp(-v)
		for f := 1.0; f < 400; f++ {
			sum += p / f
			p *= v / f
		}
		if !same(l.Found, 2*sum) {
			t.Errorf("weight %v: %v, not %v", weight, l.Found, 2*sum)
		}
	}
}
