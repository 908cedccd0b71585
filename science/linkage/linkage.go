// Package linkage finds the records that are one person: Fellegi and Sunter's
// model as Splink builds it, names as they are written in Burundi, and encodings
// that two organisations can compare without showing each other a name.
//
// It promises a probability and its reasons for every pair, never a merger: a
// person decides what is one. It opens no file, knows no clock and draws no
// random number but from the seed it is given.
//
// The model (Fellegi & Sunter 1969): each comparison i of a pair falls on a level
// g; m is how often pairs of one person fall there, u how often pairs of two
// persons do. The match weight is
//
//	M = log2(λ/(1-λ)) + Σ log2(m[i,g]/u[i,g]),   p = 2^M/(1+2^M)
//
// with λ the share of all pairs that are one person; a missing value weighs 0.
//
// When it misleads: comparisons are taken to be independent given the truth, and
// they are not (people who move change address and telephone together; twins
// share a date, a place and half a name). Values missing because of what happened
// to a person are not missing at random. Then p near 0 or 1 is too sure of itself.
package linkage
