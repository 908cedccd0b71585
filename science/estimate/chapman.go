package estimate

import (
	"errors"
	"math"
)

// TwoLists is the estimate of Chapman (1951) from two lists.
type TwoLists struct {
	First, Second, Both int
	Estimate, SE        float64
}

// Chapman estimates from the lists i and j alone, counted from zero:
//
//	N = (n1 + 1)(n2 + 1)/(m + 1) - 1
//	var = (n1 + 1)(n2 + 1)(n1 - m)(n2 - m) / ((m + 1)²(m + 2))
//
// nearly without bias, if the lists are independent. That cannot be tested with two
// lists: if those on one are likelier to be on the other the estimate is too low, if
// unlikelier too high. It is a figure beside others, never one to publish.
func Chapman(h *Histories, i, j int) (TwoLists, error) {
	if err := h.check(); err != nil {
		return TwoLists{}, err
	}
	if i < 0 || j < 0 || i >= len(h.Lists) || j >= len(h.Lists) || i == j {
		return TwoLists{}, errors.New("the estimate of Chapman takes two lists of the table")
	}
	c := TwoLists{First: h.Margin(1 << i), Second: h.Margin(1 << j), Both: h.Margin(Pair(i, j))}
	a, b, m := float64(c.First), float64(c.Second), float64(c.Both)
	c.Estimate = (a+1)*(b+1)/(m+1) - 1
	c.SE = math.Sqrt((a + 1) * (b + 1) * (a - m) * (b - m) / ((m + 1) * (m + 1) * (m + 2)))
	return c, nil
}

// Interval is log-normal on those whom neither list has (Chao 1987): never below the
// number seen.
func (c TwoLists) Interval(level float64) (Interval, error) {
	if err := checkLevel(level); err != nil {
		return Interval{}, err
	}
	seen := float64(c.First + c.Second - c.Both)
	unseen := c.Estimate - seen
	if unseen <= 0 || c.SE == 0 {
		return Interval{seen, max(seen, c.Estimate), level}, nil
	}
	by := math.Exp(normalQuantile((1+level)/2) * math.Sqrt(math.Log1p(c.SE*c.SE/(unseen*unseen))))
	return Interval{seen + unseen/by, seen + unseen*by, level}, nil
}
