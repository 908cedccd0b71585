// Package paper lays out what a person may hold in her hands: an appointment
// card, a card of telephone numbers, the form of a consent, and a summary of what
// is kept about her.
//
// The first answer to "may I take it along?" is to memorise: whoever may be
// searched carries nothing. What is printed all the same tells nothing to who
// finds it. It bears no emblem and no name of this program, no name of the
// person, and none of the words that say why she is helped ([Telling]); the
// file behind it holds no author, no title and no producer. The square on it
// holds the code alone: no address, so that a curious telephone opens nothing.
//
// A [Paper] is the list of its parts. The page that is read aloud and the PDF
// are made of the same parts, so that neither says more than the other. The same
// paper made at the same moment is the same bytes.
//
// The room reads no record and decides nothing: it is given plain values, and
// the words of the language ([Words]). It writes from left to right, in the
// letters of its font (Latin, Greek, Cyrillic): a letter that the font lacks is
// drawn as an empty square. The PDF is not tagged for screen readers; the page is.
package paper
