// Package shell is the door to every page: it knows who comes, in which
// language, what may be asked where, and how an answer leaves.
//
// A pillar's web room lists its routes ([Route]); [New] refuses a route that
// does not say which action it needs and which record it is about, so that the
// firewall test can walk all of them. A handler reads a [Form], calls its desk
// and answers with a [Page], a redirect or an error; the shell turns errors
// into pages in one place, keeps what was typed when a session locks or the
// database is away, and sends no byte before the page is whole.
//
// Every answer carries the same strict headers, is never stored by a browser,
// and works without script. No log line holds a path, a query or a word that
// somebody typed: only the route's pattern and identifiers.
//
// What the room does not do: it decides no right (the desks ask access), it
// reads no record, and it knows no pillar.
package shell
