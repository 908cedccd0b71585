//go:build !race

package main

// raced: see firewall_race_test.go.
const raced = false
