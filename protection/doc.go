// Package protection finds people in danger and sees them through to safety.
//
// It holds the words, rules and verbs of the way from a signal to the end of a case: an
// accepted referral, help, return and follow-up; machines A (case), B (identification), C (consent) and
// E (referral) of the process. They are separate on purpose: help never waits
// for police, and nothing closes by itself (PROCESS.md §0.1, §2.3).
//
// Every verb is a method of [Desk] with the same four steps: decide, check,
// change, save. The room knows no SQL and no HTTP, reads no clock of its own,
// and holds no national fact: those arrive as [Rules].
package protection
