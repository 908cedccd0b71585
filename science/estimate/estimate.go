// Package estimate says how many people no list has seen, from how the lists
// that saw some of them overlap (multiple systems estimation).
//
// The lists are 1..t. A capture history w is the non-empty set of lists that a
// person is on; N_w is how many persons have it. The model is Poisson and
// log-linear, with a set of terms Θ that holds every subset of its members:
//
//	N_w ~ Poisson(μ_w),   log μ_w = Σ α_θ over θ ⊆ w, θ ∈ Θ
//
// The history of those on no list is empty, so they number exp(α_∅), the dark
// figure, and the population is n + exp(α_∅) where n persons were seen. Models
// are fitted by iteratively reweighted least squares ([Fit]). A term whose
// margin N*_θ = Σ N_w over w ⊇ θ is zero is estimated at minus infinity: the
// histories above it leave the data (extended maximum likelihood); whether the
// rest has an estimate at all is decided by a linear programme, and whether it
// has one only, by a rank ([Check]; Fienberg and Rinaldo 2012).
//
// Which Θ is right cannot be seen in the data, and the answers differ by a
// factor of two on one table. So there is never one number: [Stepwise]
// (Chan, Silverman and Vincent 2021), [BIC] over hierarchical models (Silverman,
// Chan and Vincent 2024), [Threshold] (Silverman 2020), [Decomposable] (Madigan
// and York 1997), [Latent] (Manrique-Vallier 2016) and [Chapman] for two lists
// stand beside one another in the table of [Run], with the [Histories.Overlap] of the
// lists, the [Assumptions] in words, and the reasons to refuse ([Histories.Refusals]).
//
// # When it misleads
//
//   - The population is taken to be closed: nobody joins or leaves while the
//     lists are kept. A list of last year and one of this year overlap less, and
//     the estimate is too high.
//   - One person is one record. A missed link between lists makes the estimate
//     too high, a false one too low; no interval shows it. Estimate again at
//     several thresholds of linkage ([AcrossLinkage]).
//   - Everybody has some chance to be on some list. A group that no list can
//     reach is not in the estimate.
//   - The dependence of all lists at once is taken to be none: it cannot be
//     estimated from any data whatever.
//   - A conditional or profile interval takes the chosen model as known. It is
//     too short after a search; the bootstrap ([BCa]) repeats the search.
//
// Whitehead, Jackson, Balch and Francis (Journal of Human Trafficking 7:1, 2021)
// hold the method unsuitable for trafficking; whoever publishes a figure should
// have read them.
//
// The room has no clock, reads no files, and draws no chance of its own: a seed
// is given, and the same seed gives the same answer on any number of cores.
//
// # Papers
//
//   - Chan, Silverman, Vincent: Multiple systems estimation for sparse capture
//     data. JASA 116 (2021) 1297–1310.
//   - Silverman, Chan, Vincent: Bootstrapping multiple systems estimates to
//     account for model selection. Statistics and Computing 34:44 (2024).
//   - Silverman: Multiple-systems analysis for the quantification of modern
//     slavery. JRSS A 183 (2020) 691–736.
//   - Fienberg, Rinaldo: Maximum likelihood estimation in log-linear models.
//     Annals of Statistics 40 (2012) 996–1023.
//   - Cormack: Interval estimation for mark-recapture studies of closed
//     populations. Biometrics 48 (1992) 567–576.
//   - DiCiccio, Efron: Bootstrap confidence intervals. Statistical Science 11
//     (1996) 189–228.
package estimate
