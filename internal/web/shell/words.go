package shell

import (
	"inkingi/internal/lang"
	"inkingi/internal/web/govuk"
)

// voice is a language as the pages need it, made once.
type voice struct {
	printer lang.Printer
	words   govuk.Words
}

func (s *Shell) speak() map[string]voice {
	all := map[string]voice{}
	for _, l := range s.o.Lang.Languages() {
		p := s.o.Lang.Printer(l.Code).In(s.o.Zone)
		all[l.Code] = voice{printer: p, words: govuk.Speak(p.T)}
	}
	return all
}

// demo says that nobody exists, and what the demonstration leaves out.
func (f frame) demo() string {
	if f.Skips {
		return f.T("shell.demo.skips")
	}
	return f.T("shell.demo.text")
}

func (v oopsView) resendText() string {
	if v.Again.Review {
		return v.T("shell.resume")
	}
	return v.T("shell.send-again")
}
