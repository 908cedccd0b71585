// Package tools keeps in go.mod the versions of modules that no room imports yet.
// It holds no code and nothing imports it; a module whose room has come leaves
// this list, and when the list is empty the room goes.
package tools
