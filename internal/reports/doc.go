// Package reports answers questions with protected figures.
//
// A report is a file named after its question; its comment says the question, the
// population, the period and what is missing. What leaves is a release.Table, or a
// median or a share that is told only where enough stand behind it. The room reads
// nothing: it is given records, by whoever may read them, and gives back no record.
package reports
