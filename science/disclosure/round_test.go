package disclosure_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"inkingi/science/disclosure"
)

// secretOf is a secret of the tests.
func secretOf(b byte) []byte { return bytes.Repeat([]byte{b}, disclosure.FewestSecret) }

// Every rounding has all sums, moves inner counts by less than the base, keeps multiples,
// and is as safe as its audit says, to an attacker who shares nothing with it.
func TestRoundAddsUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		l := smallTables(r)
		base := rapid.SampledFrom([]int{3, 5, 10}).Draw(r, "base")
		rounding := disclosure.Rounding{Base: base, Threshold: 5, Secret: secretOf(rapid.Byte().Draw(r, "secret"))}
		before := slices.Clone(l.Table.Counts)
		c, err := l.Round(context.Background(), rounding)
		if errors.Is(err, disclosure.ErrUnprotected) {
			return
		}
		if err != nil {
			r.Fatal(err)
		}
		again, _ := l.Round(context.Background(), rounding)
		if !slices.Equal(before, l.Table.Counts) || !slices.Equal(c.Counts, again.Counts) {
			r.Fatal("the same tables round differently")
		}
		for _, s := range l.Sums {
			rest := c.Counts[s.Total]
			for _, part := range s.Parts {
				rest -= c.Counts[part]
			}
			if rest != 0 {
				r.Fatalf("%v is not the sum of its parts in %v", l.At[s.Total], c.Counts)
			}
		}
		furthest := 0
		totals := map[int]bool{}
		for _, s := range l.Sums {
			totals[s.Total] = true
		}
		for cell, n := range c.Counts {
			off := abs(n - l.Table.Counts[cell])
			furthest = max(furthest, off)
			if n < 0 || n%base != 0 || !totals[cell] && (off >= base || l.Table.Counts[cell]%base == 0 && off > 0) {
				r.Fatalf("%v: %d became %d", l.At[cell], l.Table.Counts[cell], n)
			}
		}
		if furthest != c.Furthest {
			r.Fatalf("the furthest is %d, it says %d", furthest, c.Furthest)
		}
		audited(r, l, c, base-1, func(n, true int) (int, int) {
			off := max(base-1, abs(n-true))
			return n - off, n + off
		})
	})
}

// audited proves what an audit says by trying whole numbers.
func audited(r *rapid.T, l *disclosure.Linked, c *disclosure.Changed, width int, believed func(n, true int) (int, int)) {
	var low, high []int
	looked := 0
	for cell, n := range l.Table.Counts {
		from, to := 0, 1000
		if cell < l.Shown {
			from, to = believed(c.Counts[cell], n)
		}
		low, high = append(low, max(0, from)), append(high, to)
		if n > 0 && n < 5 {
			looked++
		}
	}
	if looked != c.Audit.Looked || c.Audit.Asked != width {
		r.Fatalf("%d small counts, %d looked at: %+v", looked, c.Audit.Looked, c.Audit)
	}
	every := rapid.IntRange(2, 4).Draw(r, "every")
	for cell, n := range l.Table.Counts {
		if n == 0 || n >= 5 || cell%every != 0 || slices.Contains(c.Audit.Narrow, cell) {
			continue
		}
		if got := breadth(l, low, high, cell, width); got < width {
			r.Fatalf("%v: %d can be told to within %d, and the audit does not say so", l.At[cell], n, got)
		}
	}
}

// In a table of two columns no total is moved by the base or more, and on average nothing is
// moved: 4,000 secrets; each mean is off by more than 5 standard deviations once in two
// million, and there are twelve.
func TestRoundKeepsExpectation(t *testing.T) {
	text := "a,b,n\nx,p,1\nx,q,7\ny,p,13\ny,q,4\nz,p,10\nz,q,2\n"
	l := linked(t, text, []string{"a", "b"}, "a,b")
	const runs = 4000
	for name, round := range map[string]func(context.Context, disclosure.Rounding) (*disclosure.Changed, error){"controlled": l.Round, "random": l.RoundAtRandom} {
		sum := make([]float64, l.Shown)
		for i := range runs {
			secret := secretOf(1)
			secret[0], secret[1] = byte(i), byte(i>>8)
			c, err := round(t.Context(), disclosure.Rounding{Base: 5, Threshold: 1, Secret: secret})
			if err != nil {
				t.Fatal(err)
			}
			for cell, n := range c.Counts {
				if off := abs(n - l.Table.Counts[cell]); off >= 5 || l.Table.Counts[cell]%5 == 0 && off > 0 {
					t.Fatalf("%s: %v was moved by %d", name, l.At[cell], off)
				}
				sum[cell] += float64(n)
			}
		}
		for cell, total := range sum {
			rest := float64(l.Table.Counts[cell] % 5)
			deviation := math.Sqrt(rest * (5 - rest) / runs)
			if off := math.Abs(total/runs - float64(l.Table.Counts[cell])); off > 5*deviation {
				t.Errorf("%s: %v is %v on average, not %d", name, l.At[cell], total/runs, l.Table.Counts[cell])
			}
		}
	}
}

// The same persons are rounded the same way in two tables, and a secret changes it.
func TestRoundAtRandomIsTheSameInEveryTable(t *testing.T) {
	columns := []string{"sex", "age", "place"}
	one := linked(t, households, columns, "sex,age")
	two := linked(t, households, columns, "place,age", "sex")
	other := 0
	for s := range byte(20) {
		r := disclosure.Rounding{Base: 5, Threshold: 5, Secret: secretOf(s)}
		a, err := one.RoundAtRandom(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		b, err := two.RoundAtRandom(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		shared := 0
		for i, at := range one.At[:one.Shown] {
			for j, to := range two.At[:two.Shown] {
				if slices.Equal(at, to) {
					shared++
					if a.Counts[i] != b.Counts[j] {
						t.Errorf("%v is %d and %d", at, a.Counts[i], b.Counts[j])
					}
				}
			}
		}
		if shared != 6 { // three ages, two sexes, all
			t.Errorf("%d cells are in both", shared)
		}
		if c, _ := one.RoundAtRandom(t.Context(), disclosure.Rounding{Base: 5, Threshold: 5, Secret: secretOf(s + 100)}); !slices.Equal(c.Counts, a.Counts) {
			other++
		}
	}
	if other < 10 {
		t.Errorf("another secret gives another rounding %d times of 20", other)
	}
}

// What random rounding gives away by its sums is found, exactly: two counts of one and
// their total, every pair of numbers tried.
func TestAuditFindsWhatSumsTell(t *testing.T) {
	l := linked(t, "a,n\nv,1\nw,1\n", []string{"a"}, "a")
	narrow := 0
	for s := range 300 {
		secret := secretOf(1)
		secret[0], secret[1] = byte(s), byte(s>>8)
		c, err := l.RoundAtRandom(t.Context(), disclosure.Rounding{Base: 5, Threshold: 5, Secret: secret})
		if err != nil {
			t.Fatal(err)
		}
		could := func(v, i int) bool { return v > c.Counts[i]-5 && v < c.Counts[i]+5 }
		var low, high [3]int
		for i := range low {
			low[i] = 100
		}
		for v := range 20 {
			for w := range 20 {
				if could(v, 0) && could(w, 1) && could(v+w, 2) {
					for i, n := range []int{v, w, v + w} {
						low[i], high[i] = min(low[i], n), max(high[i], n)
					}
				}
			}
		}
		var want []int
		for i := range low {
			if high[i]-low[i] < 4 {
				want = append(want, i)
			}
		}
		got := slices.Sorted(slices.Values(c.Audit.Narrow))
		if !slices.Equal(got, want) || c.Audit.Looked != 3 {
			t.Errorf("%v: %v are narrow, the audit says %v", c.Counts, want, got)
		}
		if len(want) > 0 {
			narrow++
		}
	}
	if narrow < 10 || narrow > 290 {
		t.Errorf("%d of 300 tell too much", narrow)
	}
}

// Three columns of two or three values: whenever some table of multiples beside the counts
// has all sums, the rounding is one; all are tried.
func TestRoundFindsTheTableThatIsThere(t *testing.T) {
	near, none := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		as := rapid.IntRange(2, 3).Draw(r, "a")
		base := rapid.SampledFrom([]int{3, 5}).Draw(r, "base")
		text := "a,b,c,n\n"
		for cell := range as * 4 {
			text += fmt.Sprintf("a%d,b%d,c%d,%d\n", cell/4, cell/2%2, cell%2, rapid.IntRange(0, 3*base).Draw(r, "n"))
		}
		l := linked(r, text, []string{"a", "b", "c"}, "a,b,c")
		c, err := l.Round(context.Background(), disclosure.Rounding{Base: base, Threshold: 1, Secret: secretOf(rapid.Byte().Draw(r, "secret"))})
		if err != nil {
			r.Fatal(err)
		}
		if c.Furthest < base {
			near++
			return
		}
		none++
		if besideAll(l, base) {
			r.Fatalf("%v became %v, and there is a table no further than %d from it", l.Table.Counts[:l.Shown], c.Counts, base-1)
		}
	})
	t.Logf("%d tables have a rounding beside them, %d have none", near, none)
}

// besideAll tries all tables of the multiples beneath and above.
func besideAll(l *disclosure.Linked, base int) bool {
	totals := map[int]bool{}
	for _, s := range l.Sums {
		totals[s.Total] = true
	}
	var inner []int
	for cell := range l.Shown {
		if !totals[cell] {
			inner = append(inner, cell)
		}
	}
	// What each total is made of.
	within := make([][]int, l.Shown)
	for cell := range l.Shown {
		for k, in := range inner {
			part := true
			for c, v := range l.At[cell] {
				part = part && (v == disclosure.All || v == l.At[in][c])
			}
			if part {
				within[cell] = append(within[cell], k)
			}
		}
	}
	for mix := range 1 << len(inner) {
		good := true
		for cell := 0; cell < l.Shown && good; cell++ {
			sum := 0
			for _, k := range within[cell] {
				n := l.Table.Counts[inner[k]]
				if sum += n - n%base; mix>>k&1 == 1 {
					if n%base == 0 {
						good = false
					}
					sum += base
				}
			}
			off := abs(sum - l.Table.Counts[cell])
			good = good && off < base && (l.Table.Counts[cell]%base != 0 || off == 0)
		}
		if good {
			return true
		}
	}
	return false
}

// Whoever asks for it stops it, wherever it is.
func TestTablesStopWhenTold(t *testing.T) {
	l := linked(t, households, []string{"sex", "age", "place"}, "sex,age,place")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	r := disclosure.Rounding{Base: 5, Threshold: 5, Secret: secretOf(1)}
	if _, err := l.Suppress(ctx, disclosure.Rule{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("suppress: %v", err)
	}
	if _, err := disclosure.SuppressContext(ctx, l.Table, disclosure.Rule{}); !errors.Is(err, context.Canceled) {
		t.Errorf("suppress a table: %v", err)
	}
	if _, err := l.Round(ctx, r); !errors.Is(err, context.Canceled) {
		t.Errorf("round: %v", err)
	}
	if _, err := l.RoundAtRandom(ctx, r); !errors.Is(err, context.Canceled) {
		t.Errorf("round at random: %v", err)
	}
	// In the middle of it: the first time that it tells something it is told to stop.
	ctx, stop = context.WithCancel(t.Context())
	if _, err := l.Suppress(ctx, disclosure.Rule{}, func(float64) { stop() }); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped in the middle: %v", err)
	}
	told := -1.0
	if _, err := l.Suppress(t.Context(), disclosure.Rule{}, func(share float64) {
		if share < told || share > 1 {
			t.Errorf("after %v it tells %v", told, share)
		}
		told = share
	}); err != nil || told < 0 {
		t.Errorf("it tells %v, %v", told, err)
	}
}

func TestRoundRefuses(t *testing.T) {
	l := linked(t, households, []string{"sex", "age", "place"}, "sex,age")
	for want, r := range map[string]disclosure.Rounding{
		"multiples of 2 to 1000": {Base: 1, Threshold: 5, Secret: secretOf(1)},
		"not of 1001":            {Base: 1001, Threshold: 5, Secret: secretOf(1)},
		"threshold":              {Base: 5, Secret: secretOf(1)},
		"needs 32 or more":       {Base: 5, Threshold: 5, Secret: []byte("short")},
	} {
		for _, round := range []func(context.Context, disclosure.Rounding) (*disclosure.Changed, error){l.Round, l.RoundAtRandom} {
			if _, err := round(t.Context(), r); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v, not %q", err, want)
			}
		}
	}
}
