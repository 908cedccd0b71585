package lang

import "golang.org/x/text/language"

// Match chooses the language of a page: what was chosen (a cookie or the
// account's preference; "" when nothing was), else what the browser accepts,
// else French.
func (l *Lang) Match(chosen, accept string) string {
	if l.tongues[chosen] != nil {
		return chosen
	}
	if len(accept) > 200 { // no browser sends more; a parser should not read it
		return First
	}
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(wanted) == 0 {
		return First
	}
	_, i, sure := l.matcher.Match(wanted...)
	if sure < language.High {
		return First // a neighbour's language is not the reader's [J]
	}
	return l.order[i].Code
}
