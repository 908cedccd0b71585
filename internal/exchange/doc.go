// Package exchange reads and writes the files of others.
//
// Today it reads historic lists: a CSV file or a spreadsheet, and beside it a
// mapping that says what each column means ([ReadMapping]). Its promise: nothing
// is guessed. Whether the day or the month comes first, in which frame places
// are named, and what a value means is said in the mapping, or the row is a
// [Problem]. A problem names row, column and a translation key, never the value.
//
// Files are read as a stream, twice: once to find every problem, once to load.
// A spreadsheet is read by this room itself: the library that writes ours
// unpacks large sheets into temporary files, in clear, and does not say whether
// a number is a date. The room knows no SQL, opens no file by name, and decides
// nothing: records go to protection.Archive.
package exchange
