//go:build race

package main

// raced says that the race detector slows everything down, and looks for races
// only: the walk takes one reader of each role and one record of each plantation.
// Without it, everybody goes everywhere.
const raced = true
