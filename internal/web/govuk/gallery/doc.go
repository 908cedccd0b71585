// Package gallery shows every component as it stands on a page, for the eye and
// for the tests of internal/web/govuk. It is not part of the program: nothing
// but tests imports it, its people, places and numbers are invented, and its
// words are not translated.
package gallery
