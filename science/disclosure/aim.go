package disclosure

import (
	"context"
	"errors"
	"math"
	"runtime"
)

// AIM are the settings of the adaptive and iterative mechanism (McKenna, Mullins,
// Sheldon, Miklau 2022). The zero value of a field is its default.
type AIM struct {
	Promise  Promise
	Codebook Codebook // public values; columns without get theirs by a threshold, for half of δ
	Degree   int      // sets of up to so many columns are to be right; 3
	Cells    int      // the model's tables together have at most so many cells; 1<<20
	Steps    int      // of fitting between two measurements; 40
	Tell     func(step string, share float64)
}

// Cost is what a mechanism has spent: add it to a [Ledger].
type Cost struct {
	Rho   float64 // of zCDP
	Delta float64 // of the threshold on values
}

// Synthetic is a set of records that nobody is in, and what it cost.
type Synthetic struct {
	Records *Records
	Cost    Cost
	Rounds  int     // measurements beyond the first
	Sigma   float64 // of the noise of the last of them
	Cells   int     // of the model
}

// aim is a run.
type aim struct {
	AIM
	ctx     context.Context
	chance  *Chance
	r       *Records // with only the values that are shown
	sizes   []int
	model   *model
	sets    []set     // the closure of the workload, which are the candidates
	truth   [][]int32 // counts of each
	weight  []uint64
	rho     float64 // to be spent in all
	used    float64
	workers int
}

// share of the budget of a round that goes into choosing.
const choosing = 0.1

// Synthesize makes as many records as there seem to be persons, which agree with the
// real ones on sets of up to Degree columns as far as the promise allows. It measures
// each column once, then again and again chooses the set of columns on which the
// model is worst, by the exponential mechanism, measures it with discrete Gaussian
// noise, and fits the model anew. All that it gives follows from these measurements.
//
// Of the records only noisy counts are used; the number of rounds, the sets that were
// measured and the time taken follow from them too. How many records come out is a
// noisy count.
func (o AIM) Synthesize(ctx context.Context, r *Records, c *Chance) (*Synthetic, error) {
	if err := o.check(r); err != nil {
		return nil, err
	}
	if o.Degree == 0 {
		o.Degree = 3
	}
	if o.Cells == 0 {
		o.Cells = 1 << 20
	}
	if o.Steps == 0 {
		o.Steps = 40
	}
	if o.Tell == nil {
		o.Tell = func(string, float64) {}
	}
	a := &aim{AIM: o, ctx: ctx, chance: c, workers: max(1, runtime.GOMAXPROCS(0))}
	cost := Cost{Delta: o.thresholdDelta(r)}
	a.rho = Rho(o.Promise.Epsilon, o.Promise.Delta-cost.Delta)
	if err := a.first(r, cost.Delta); err != nil {
		return nil, err
	}
	out := &Synthetic{}
	if err := a.rounds(out); err != nil {
		return nil, err
	}
	if c.Err() != nil {
		return nil, c.Err()
	}
	cost.Rho = a.used
	out.Cost = cost
	for _, n := range a.model.tree.nodes {
		out.Cells += len(n.table)
	}
	o.Tell("drawing records", 0)
	var err error
	if out.Records, err = a.records(); err != nil {
		return nil, err
	}
	return out, c.Err()
}

func (o AIM) check(r *Records) error {
	if err := o.Promise.Check(); err != nil {
		return err
	}
	if o.Degree < 0 || o.Degree > 3 || o.Cells < 0 || o.Cells > 1<<26 || o.Steps < 0 {
		return errors.New("the degree is 1 to 3, the model has at most 67 million cells")
	}
	if len(r.Columns) < 2 || len(r.Columns) > MostColumns {
		return errors.New("a model has from 2 to 64 columns")
	}
	return o.Codebook.check(r.Columns)
}

// thresholdDelta is half of δ when some column's values are not public.
func (o AIM) thresholdDelta(r *Records) float64 {
	for _, name := range r.Columns {
		if _, public := o.Codebook[name]; !public {
			return o.Promise.Delta / 2
		}
	}
	return 0
}

// first measures the number of persons and every column.
func (a *aim) first(r *Records, delta float64) error {
	d := len(r.Columns)
	v, err := NewVariance(float64(d+1) / (2 * firstShare * a.rho))
	if err != nil {
		return err
	}
	counted := float64(int64(r.Persons()) + a.chance.Gaussian(v))
	keep, counts := chooseValues(r, a.Codebook, v, delta, a.chance)
	a.used = float64(d+1) / (2 * v.Float())
	a.r = r.chosen(keep)
	a.sizes = a.r.sizes()
	a.model = newModel(a.sizes)
	for c, y := range counts {
		a.model.measure(1<<c, y, v.Float())
	}
	a.model.estimateTotal(counted, v.Float())
	a.candidates()
	a.model.build()
	return a.model.fit(a.ctx, a.Steps, nearly)
}

// How near the fit comes between measurements, and in the end, in deviations of the noise.
const nearly, fully = 0.25, 0.02

// roundsEach is the number of rounds for each column by which the noise is set at first;
// there are fewer, because noise is lowered when there is nothing more to learn with it.
// McKenna et al. have 16; with 8 the reference data come out nearer, in half the time.
const roundsEach = 8

// firstShare of the budget goes into the columns one by one.
const firstShare = 0.1

// mostCells bounds the table of a single candidate.
const mostCells = 1 << 18

// candidates are all sets of up to Degree columns; one weighs as much as it shares
// columns with the sets asked for, which are those of just Degree columns.
func (a *aim) candidates() {
	d := len(a.sizes)
	for _, s := range upTo(d, a.Degree) {
		if s.cells(a.sizes) <= mostCells {
			a.sets = append(a.sets, s)
		}
	}
	each := uint64(1) // sets of the workload that hold a given column: C(d-1, Degree-1)
	for k := 1; k < min(a.Degree, d); k++ {
		each = each * uint64(d-k) / uint64(k)
	}
	for _, s := range a.sets {
		a.weight = append(a.weight, uint64(s.size())*each)
	}
	a.truth = tallies(a.r.Codes, a.sizes, a.sets, a.workers)
}

// rounds spends what is left, round by round.
func (a *aim) rounds(out *Synthetic) error {
	most := float64(roundsEach * len(a.sizes))
	rest := a.rho - a.used
	sigma2, epsilon := most/(2*(1-choosing)*rest), math.Sqrt(8*choosing*rest/most)
	for last := false; !last; out.Rounds++ {
		if err := a.ctx.Err(); err != nil {
			return err
		}
		left := a.rho - a.used
		if left < 2*(1/(2*sigma2)+epsilon*epsilon/8) {
			sigma2, epsilon, last = 1/(2*(1-choosing)*left), math.Sqrt(8*choosing*left), true
		}
		v, err := NewVariance(sigma2)
		if err != nil {
			return err
		}
		a.used += epsilon*epsilon/8 + 1/(2*v.Float())
		a.Tell("measuring", min(1, a.used/a.rho))
		learnt, err := a.round(v, epsilon)
		if err != nil {
			return err
		}
		out.Sigma = math.Sqrt(v.Float())
		if !learnt { // the noise hides what there is to learn: measure fewer sets more exactly
			sigma2, epsilon = sigma2/4, 2*epsilon
		}
	}
	a.Tell("fitting the model", 0)
	return a.model.fit(a.ctx, 20*a.Steps, fully)
}

// round chooses a set, measures it and fits; learnt says whether the model moved by
// more than noise alone would have moved it.
func (a *aim) round(v Variance, epsilon float64) (learnt bool, err error) {
	open := a.open()
	guess := a.guess(open)
	at := a.choose(open, guess, math.Sqrt(v.Float()), epsilon)
	i := open[at]
	s := a.sets[i]
	y := make([]float64, len(a.truth[i]))
	for k, n := range a.truth[i] {
		y[k] = float64(int64(n) + a.chance.Gaussian(v))
	}
	a.model.measure(s, y, v.Float())
	a.model.build()
	if err := a.model.fit(a.ctx, a.Steps, nearly); err != nil {
		return false, err
	}
	moved := 0.0
	for _, p := range a.model.parts {
		if p.cols == s {
			for k, n := range p.expected {
				moved += math.Abs(n - float64(guess[at][k]))
			}
		}
	}
	return moved > bias(v, len(y)), nil
}

// bias is what noise alone adds to the L1 distance of a table: √(2/π)·σ a cell.
func bias(v Variance, cells int) float64 {
	return math.Sqrt(2/math.Pi*v.Float()) * float64(cells)
}

// open are the candidates with which the model is not too large, at this point of
// the budget.
func (a *aim) open() []int {
	g := a.model.graph()
	limit := float64(a.Cells) * min(1, a.used/a.rho)
	fits := make([]bool, len(a.sets))
	const block = 64
	each((len(a.sets)+block-1)/block, a.workers, func(job int) {
		with, scratch, cliques := newGraph(len(g)), newGraph(len(g)), []set(nil)
		for i := job * block; i < min(len(a.sets), (job+1)*block); i++ {
			if fits[i] = g.joined(a.sets[i]); fits[i] {
				continue
			}
			copy(with, g)
			with.join(a.sets[i])
			var cells float64
			cliques, cells = with.eliminate(a.model.logs, scratch, cliques)
			fits[i] = cells <= limit
		}
	})
	var some []int
	for i, fit := range fits {
		if fit {
			some = append(some, i)
		}
	}
	return some
}

// guess is the model's counts of each open candidate, rounded to whole persons, from
// many records drawn from it.
func (a *aim) guess(open []int) [][]int32 {
	n := min(max(int(drawn/float64(len(open)+1)), 2000), mostDrawn, max(2000, 20*int(a.model.total)))
	codes := a.model.tree.draw(n, a.chance.stream())
	factor := a.model.total / float64(n)
	all := make([][]int32, len(open))
	each(len(open), a.workers, func(k int) {
		s := a.sets[open[k]]
		all[k] = make([]int32, len(a.truth[open[k]]))
		tally(codes, a.sizes, s, all[k])
		for i, count := range all[k] {
			all[k][i] = int32(math.Round(float64(count) * factor))
		}
	})
	return all
}

// drawn bounds the cells looked at in one guess, mostDrawn the records drawn for it.
const (
	drawn     = 1e8
	mostDrawn = 80_000
)

// choose picks a candidate by the exponential mechanism. The quality of set r is
//
//	w_r · (‖M_r(D) - M_r(p)‖₁ - √(2/π)·σ·n_r)
//
// and one person changes it by w_r at most. The distance is a whole number, because
// the guess is; the rest is public, and rounded to 1/16.
func (a *aim) choose(open []int, guess [][]int32, sigma, epsilon float64) int {
	quality := make([]int64, len(open))
	widest := uint64(1)
	for k, i := range open {
		distance := int64(0)
		for cell, n := range a.truth[i] {
			d := int64(n) - int64(guess[k][cell])
			distance += max(d, -d)
		}
		noise := int64(16 * math.Sqrt(2/math.Pi) * sigma * float64(len(a.truth[i])))
		quality[k] = int64(a.weight[i]) * (16*distance - noise)
		widest = max(widest, a.weight[i])
	}
	return a.chance.exponential(quality, epsilon, 16*widest)
}

// records draws the records to be released.
func (a *aim) records() (*Records, error) {
	dice := a.chance.stream()
	n := int(math.Round(a.model.total))
	out := &Records{Columns: a.r.Columns, Values: a.r.Values, Codes: a.model.tree.draw(n, dice), Rows: n}
	var sets []set
	for _, s := range a.sets {
		if s.size() == min(3, len(a.sizes)) {
			sets = append(sets, s)
		}
	}
	pool := a.model.tree.draw(min(max(20*n, 100_000), 2_000_000), dice)
	s := newSettler(a.sizes, sets, pool, n, a.workers)
	trials := min(trialsEach*n, int(mostTrials/float64(len(sets))))
	err := s.settle(a.ctx, out.Codes, pool, trials, dice, func(share float64) { a.Tell("settling records", share) })
	return out, err
}

// trialsEach bounds the exchanges tried, for each record; mostTrials the cells looked
// at for them.
const (
	trialsEach = 100
	mostTrials = 5e9
)
