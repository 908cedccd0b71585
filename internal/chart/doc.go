// Package chart draws who and what a file links together: persons, companies,
// telephones, vehicles, places and files, as an SVG for a wide screen and as a list
// for a narrow one and for whoever hears the page.
//
// The same input gives the same picture, byte for byte: no chance, no clock. Every
// line carries its number, its grade, and in the list the facts behind it; nothing is
// told by colour alone. The room draws what it is given: who may see it was decided
// before, and whether somebody did anything is for a court. It knows no record.
package chart
