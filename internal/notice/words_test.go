package notice_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"inkingi/internal/lang"
	"inkingi/internal/notice"
)

// alerting are the keys that verbs put into the outbox; a test of the sources
// finds a new one.
func alerting() []string {
	return []string{"alert.signal", "alert.red", "alert.assigned", "alert.answer"}
}

// telling are words that say what waits, whole or in part, in the four languages.
var telling = regexp.MustCompile(`(?i)victim|trafi?c|traite|trata|exploit|danger|signal|rep[eé]r|case\b|dossier|dosiye|kesi|refer|orient|rufaa|imenyesha|` +
	`shelter|refuge|makazi|indaro|police|polisi|child|enfant|mtoto|umwana|person|femme|girl|fille|commune|colline|province|screen|consent|protec|code`)

// TestAlertsSayNothing walks every alert in every language.
func TestAlertsSayNothing(t *testing.T) {
	l, err := lang.Load()
	must(t, err)
	seen := 0
	for _, one := range l.Languages() {
		for _, key := range l.Keys(one.Code) {
			if !strings.HasPrefix(key, "alert.") {
				continue
			}
			seen++
			text := l.Printer(one.Code).T(key)
			if strings.ContainsAny(text, "0123456789{}<>@/\n") || strings.Contains(text, "no value") {
				t.Errorf("%s %s has a place for something: %q", one.Code, key, text)
			}
			if word := telling.FindString(text); word != "" {
				t.Errorf("%s %s tells %q: %q", one.Code, key, word, text)
			}
			if !strings.Contains(text, "Inkingi") {
				t.Errorf("%s %s does not say who calls: %q", one.Code, key, text)
			}
			if sent, cheap := notice.Short(text); !cheap || len([]rune(sent)) > 160 {
				t.Errorf("%s %s does not fit into one SMS: %q", one.Code, key, sent)
			}
		}
	}
	if seen < 4*5 {
		t.Errorf("%d alerts in four languages: each has five", seen)
	}
	for _, key := range alerting() {
		for _, one := range l.Languages() {
			if p := l.Printer(one.Code); !p.Has(key) {
				t.Errorf("%s lacks %s", one.Code, key)
			}
		}
	}
}

// TestEveryAlertOfTheSourcesIsKnown reads the verbs: a new key must stand above.
func TestEveryAlertOfTheSourcesIsKnown(t *testing.T) {
	files, err := filepath.Glob("../../protection/*.go")
	must(t, err)
	found := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		must(t, err)
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, m := range regexp.MustCompile(`"(alert\.\w+)"`).FindAllStringSubmatch(string(text), -1) {
			if m[1] == "alert.next" { // a deadline, not a message
				continue
			}
			found++
			if !strings.Contains(strings.Join(alerting(), " ")+" ", m[1]+" ") {
				t.Errorf("%s sends %s, which no test reads", name, m[1])
			}
		}
	}
	if found == 0 {
		t.Error("no verb sends an alert: the search is broken")
	}
}

// TestReadersAreSpokenToInTheirLanguage, and a key without a sentence is not sent raw.
func TestReadersAreSpokenToInTheirLanguage(t *testing.T) {
	for code, c := range map[string]struct{ key, text string }{
		"":   {"alert.red", "Inkingi\u00a0: quelque chose d’urgent vous attend. Ouvrez Inkingi maintenant."},
		"fr": {"alert.unheard.of", "Inkingi\u00a0: quelque chose vous attend. Ouvrez Inkingi dès que vous pouvez."},
		"en": {"fault.internal", "Inkingi: something waits for you. Open Inkingi as soon as you can."},
		"sw": {"alert.answer", "Inkingi: jibu limefika. Ingia Inkingi."},
		"xx": {"alert.assigned", "Inkingi\u00a0: un travail vous est confié. Ouvrez Inkingi."},
	} {
		r := both()
		r.reader.Lang = code
		b := newBench(t, r)
		a := alert(1)
		a.Key = c.key
		b.send(t, a)
		for _, m := range []notice.Message{b.mail.got[0], b.sms.got[0]} {
			if m.Text != c.text || m.Subject == "" {
				t.Errorf("%q %s: %+v", code, c.key, m)
			}
			if strings.Contains(m.ID, a.ID.String()) || len(m.ID) != 24 {
				t.Errorf("the message is called %q", m.ID)
			}
		}
		if b.mail.got[0].ID == b.sms.got[0].ID {
			t.Error("two channels, one id")
		}
		a.Try = 2
		b.send(t, a)
		if b.mail.got[1].ID != b.mail.got[0].ID {
			t.Error("a second try looks like another message")
		}
	}
}

// TestEveryProblemHasASentence for whoever runs the program.
func TestEveryProblemHasASentence(t *testing.T) {
	l, err := lang.Load()
	must(t, err)
	for _, code := range []string{"fr", "en"} {
		for _, problem := range notice.Problems() {
			if !l.Printer(code).Has("notice.problem." + problem) {
				t.Errorf("%s lacks notice.problem.%s", code, problem)
			}
		}
	}
}
