//go:build race

package main

// raced says that the race detector slows everything down: the walk takes one
// reader of each role and organisation, and fewer stages.
const raced = true
