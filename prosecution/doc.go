// Package prosecution follows a criminal file from the first report to the
// archive.
//
// It holds the words, rules and verbs of machine F (PROCESS.md §4.4): files with
// their numbers, alleged traffickers, charges, custody, hearings and what courts
// decided. Who is named here is presumed innocent until a decision is final.
//
// The room knows nothing of the person harmed: that is protection's, behind the
// wall (PROCESS.md §11.2 1). Every verb is a method of [Desk] with the same four
// steps: decide, check, change, save. It knows no SQL and no HTTP, reads no clock
// of its own, and holds no national fact: those arrive as [Rules].
package prosecution
