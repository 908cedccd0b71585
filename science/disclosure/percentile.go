package disclosure

import "math"

// PercentileScores says of every whole number from 0 to the greatest of the list how
// far it is from the q-th percentile: 0 for the percentile itself, else minus its
// distance in ranks, at least 1. The list is rising. It is what pac-synth scores with,
// and stands here to be compared; the mechanism uses [percentileQuality], whose range
// does not depend on the list.
func PercentileScores(list []int, q float64) []int {
	if len(list) == 0 {
		return nil
	}
	k := rankOf(len(list), q)
	greatest := 0
	for _, x := range list {
		greatest = max(greatest, x)
	}
	scores := make([]int, greatest+1)
	for v := range scores {
		if v == list[k-1] {
			continue
		}
		below := 0
		for _, x := range list {
			if x <= v {
				below++
			}
		}
		scores[v] = -max(1, below-k, k-below)
	}
	return scores
}

// rankOf is the rank of the q-th percentile of n: ⌈qn/100⌉, at least 1.
func rankOf(n int, q float64) int { return max(1, int(math.Ceil(q*float64(n)/100-1e-9))) }

// percentileQuality is how near each of 0..most is to the q-th percentile of numbers of
// which counts[v] are v: minus the distance of rank ⌈qn/100⌉ to the ranks that v has.
// One person changes it by 1 at most. most is public: the number of combinations that
// any person could have.
func percentileQuality(counts []int64, q float64) []int64 {
	n := int64(0)
	for _, c := range counts {
		n += c
	}
	k := int64(rankOf(int(n), q))
	quality := make([]int64, len(counts))
	below := int64(0)
	for v, c := range counts {
		switch {
		case below+c < k:
			quality[v] = below + c - k
		case below >= k:
			quality[v] = k - below
		}
		below += c
	}
	return quality
}

// quantile8 is the q-quantile of a rising list by the eighth definition of Hyndman and
// Fan (1996), which is unbiased in the median whatever the distribution.
func quantile8(list []int32, q float64) float64 {
	n := float64(len(list))
	h := (n+1./3)*q + 1./3
	switch {
	case h <= 1:
		return float64(list[0])
	case h >= n:
		return float64(list[len(list)-1])
	}
	i := int(h)
	return float64(list[i-1]) + (h-float64(i))*float64(list[i]-list[i-1])
}
