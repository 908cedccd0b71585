package notice_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"inkingi/internal/account"
	"inkingi/internal/lang"
	"inkingi/internal/notice"
)

// Where Debian puts the gateway (kannel) and its invented telephone network
// (kannel-extras).
const (
	bearerbox = "/usr/sbin/bearerbox"
	smsbox    = "/usr/sbin/smsbox"
	fakesmsc  = "/usr/lib/kannel/test/fakesmsc"
)

// kannels is Kannel as Debian has it, in processes of its own: bearerbox, which
// talks with the network, smsbox, which we ask by HTTP, and a network that is
// invented and writes down what it was given.
type kannels struct {
	*testing.T
	dir                       string
	admin, boxes, smsc, asked int // ports
	heard                     *transcript
	network, bearer, box      *running
}

// transcript is a file that a program writes and a test reads.
type transcript struct{ path string }

func (t *transcript) text() string {
	text, _ := os.ReadFile(t.path)
	return string(text)
}

// newKannel starts all three and waits until each is there.
func newKannel(t *testing.T) *kannels {
	t.Helper()
	installed(t, "kannel kannel-extras", bearerbox, smsbox, fakesmsc)
	free := ports(t, 4)
	k := &kannels{T: t, dir: t.TempDir(), admin: free[0], boxes: free[1], smsc: free[2], asked: free[3]}
	k.heard = &transcript{filepath.Join(k.dir, "network")}
	k.write()
	k.open()
	return k
}

// write makes the gateway's configuration.
func (k *kannels) write() {
	k.Helper()
	text := fmt.Sprintf(`group = core
admin-port = %d
admin-password = %s
admin-interface = 127.0.0.1
smsbox-port = %d
box-allow-ip = "127.0.0.1"
box-deny-ip = "*.*.*.*"

group = smsc
smsc = fake
host = 127.0.0.1
port = %d
connect-allow-ip = "127.0.0.1"

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = %d
sendsms-interface = 127.0.0.1
sendsms-chars = "0123456789 +-"

group = sendsms-user
username = inkingi
password = %s
concatenation = true
max-messages = 3
`, k.admin, secret, k.boxes, k.smsc, k.asked, secret)
	must(k, os.WriteFile(filepath.Join(k.dir, "kannel.conf"), []byte(text), 0o600))
}

// open starts the gateway and the network behind it.
func (k *kannels) open() {
	k.Helper()
	config := filepath.Join(k.dir, "kannel.conf")
	k.bearer = started(k.T, k.dir, "bearerbox", bearerbox, config)
	k.answers(k.boxes)
	k.answers(k.smsc)
	k.box = started(k.T, k.dir, "smsbox", smsbox, config)
	k.answers(k.asked)
	// It is not asked to send anything itself: its message is for nobody, and 0 of it.
	k.network = started(k.T, k.dir, "network", fakesmsc, "-H", "127.0.0.1", "-r", strconv.Itoa(k.smsc), "-m", "0", "-i", "1", "nobody nobody text nothing")
	k.until("the network is connected", func() bool { return strings.Contains(k.status(), "online") })
}

// close stops the gateway, not what it was told.
func (k *kannels) close() {
	k.box.stop()
	k.network.stop()
	k.bearer.stop()
}

// answers waits until somebody listens at a port.
func (k *kannels) answers(port int) {
	k.Helper()
	k.until(fmt.Sprintf("port %d is open", port), func() bool { return listens(port) })
}

// status is what the gateway says of its networks.
func (k *kannels) status() string {
	answer, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/status.txt?password=%s", k.admin, secret))
	if err != nil {
		return ""
	}
	defer answer.Body.Close()
	var b bytes.Buffer
	_, _ = b.ReadFrom(answer.Body)
	return b.String()
}

func (k *kannels) until(what string, so func() bool) {
	k.Helper()
	for end := time.Now().Add(20 * time.Second); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			bearer, _ := os.ReadFile(filepath.Join(k.dir, "bearerbox"))
			box, _ := os.ReadFile(filepath.Join(k.dir, "smsbox"))
			k.Fatalf("waited in vain: %s\n%s\n%s\n%s", what, bearer, box, k.heard.text())
		}
	}
}

// settings are ours for it.
func (k *kannels) settings() notice.SMSSettings {
	return notice.SMSSettings{URL: fmt.Sprintf("http://127.0.0.1:%d/cgi-bin/sendsms", k.asked), User: "inkingi", Password: secret, From: "Inkingi", Patience: 5 * time.Second}
}

func (k *kannels) carrier() notice.Carrier {
	k.Helper()
	g, err := notice.NewSMS(k.settings())
	must(k, err)
	return g
}

// part is one SMS as the network was given it: to whom, in what letters, and
// which part of how many.
type part struct {
	from, to, letters string
	text              string
}

// parts waits for as many messages in all and reads them.
func (k *kannels) parts(n int) []part {
	k.Helper()
	line := regexp.MustCompile(`(?s)Got message \d+: <(.*?)>\n`)
	var all []part
	k.until(fmt.Sprintf("%d messages", n), func() bool { return len(line.FindAllString(k.heard.text(), -1)) >= n })
	for _, m := range line.FindAllStringSubmatch(k.heard.text(), -1) {
		all = append(all, k.part(m[1]))
	}
	if len(all) != n {
		k.Fatalf("%d messages arrived, want %d: %+v", len(all), n, all)
	}
	return all
}

// part reads what Kannel's invented network is told [S: Kannel 1.4.5, gw/smsc/smsc_fake.c]:
// "sender receiver text …", "… ucs-2 bytes", or "… udh header data bytes" for a part of several.
func (k *kannels) part(text string) part {
	k.Helper()
	words := strings.SplitN(text, " ", 4)
	if len(words) != 4 {
		k.Fatalf("the network says %q", text)
	}
	p := part{from: words[0], to: words[1], letters: words[2], text: words[3]}
	switch p.letters {
	case "text":
	case "ucs-2":
		p.text = wide(k.bytes(p.text))
	case "udh":
		header, data, _ := strings.Cut(p.text, " data ")
		h := k.bytes(header)
		if len(h) != 6 || h[0] != 5 || h[1] != 0 {
			k.Fatalf("the header of a part: %q", header)
		}
		p.letters, p.text = fmt.Sprintf("part %d of %d", h[5], h[4]), string(k.bytes(data))
		if strings.Contains(p.text, "\x00") {
			p.text = wide([]byte(p.text))
		}
	default:
		k.Fatalf("letters of an unknown kind: %q", p.letters)
	}
	return p
}

// bytes reads %00%EA as an address writes it.
func (k *kannels) bytes(text string) []byte {
	k.Helper()
	var all []byte
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '+':
			all = append(all, ' ')
		case text[i] == '%' && i+2 < len(text):
			n, err := strconv.ParseUint(text[i+1:i+3], 16, 8)
			must(k, err)
			all = append(all, byte(n))
			i += 2
		default:
			all = append(all, text[i])
		}
	}
	return all
}

// wide reads UCS-2, the first byte the higher.
func wide(b []byte) string {
	var units []uint16
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return string(utf16.Decode(units))
}

// TestKannelCarriesEveryAlert: each alert of each language arrives as one SMS of
// the cheap letters, word for word as a telephone shows it.
func TestKannelCarriesEveryAlert(t *testing.T) {
	k := newKannel(t)
	g := k.carrier()
	l, err := lang.Load()
	must(t, err)
	var want []string
	for _, one := range l.Languages() {
		for _, key := range alerting() {
			text := l.Printer(one.Code).T(key)
			must(t, g.Carry(t.Context(), number, notice.Message{Text: text}))
			short, _ := notice.Short(text)
			want = append(want, short)
		}
	}
	for i, p := range k.parts(len(want)) {
		if p.from != "Inkingi" || p.to != number || p.letters != "text" || p.text != want[i] {
			t.Errorf("%+v, want %q", p, want[i])
		}
	}
}

// TestKannelKeepsLetters: accents arrive unharmed, in the letters of GSM where
// they are among them, else in UCS-2; and a text is cut where a telephone cuts
// it, at 160 of the first and 70 of the second, and never elsewhere.
func TestKannelKeepsLetters(t *testing.T) {
	k := newKannel(t)
	g := k.carrier()
	const kirundi = "Ikirundi c’ukuri: amashúre, umwâna, inkîngi"
	for _, c := range []struct {
		text    string
		letters []string
		arrives string
	}{
		{"Inkingi\u00a0: à l’été, où êtes", []string{"ucs-2"}, "Inkingi : à l'été, où êtes"},
		{"Inkingi\u00a0: quelque chose d’urgent, à 8 h, là où c’était réglé", []string{"text"}, "Inkingi : quelque chose d'urgent, à 8 h, là où c'était réglé"},
		{kirundi, []string{"ucs-2"}, strings.ReplaceAll(kirundi, "’", "'")},
		{strings.Repeat("é", 160), []string{"text"}, strings.Repeat("é", 160)},
		{strings.Repeat("à", 161), []string{"part 1 of 2", "part 2 of 2"}, strings.Repeat("à", 161)},
		{strings.Repeat("ê", 70), []string{"ucs-2"}, strings.Repeat("ê", 70)},
		{strings.Repeat("â", 71), []string{"part 1 of 2", "part 2 of 2"}, strings.Repeat("â", 71)},
	} {
		before := len(regexp.MustCompile(`Got message`).FindAllString(k.heard.text(), -1))
		must(t, g.Carry(t.Context(), number, notice.Message{Text: c.text}))
		var text string
		for i, p := range k.parts(before + len(c.letters))[before:] {
			if p.to != number || p.letters != c.letters[i] {
				t.Errorf("%.20q: part %d is %s for %s, want %s", c.text, i+1, p.letters, p.to, c.letters[i])
			}
			text += p.text
		}
		if text != c.arrives {
			t.Errorf("%q arrived as %q, want %q", c.text, text, c.arrives)
		}
	}
}

// TestKannelRefuses: a wrong password is shown as such and tried again, because
// whoever runs the program can mend it; a number that is none is not tried again.
func TestKannelRefuses(t *testing.T) {
	k := newKannel(t)
	s := k.settings()
	s.Password = account.Secret("another-" + secret)
	g, err := notice.NewSMS(s)
	must(t, err)
	isProblem(t, g.Carry(t.Context(), number, said), notice.SMSDenied, false)
	isProblem(t, k.carrier().Carry(t.Context(), "anything", said), notice.SMSRefused, true)
	must(t, k.carrier().Carry(t.Context(), number, said))
	k.parts(1)
}

// TestKannelGoesAndComes walks an alert through a gateway that is down: it waits
// longer after each try, and arrives once when the gateway is back. While only
// the network behind it is away, Kannel takes the message and keeps it.
func TestKannelGoesAndComes(t *testing.T) {
	k := newKannel(t)
	r := both()
	r.reader.Contacts = r.reader.Contacts[1:] // the telephone alone
	b := newBench(t, r)
	b.SMS = k.carrier()
	k.close()
	start := b.now
	for i, pause := range []time.Duration{30 * time.Second, 2 * time.Minute, 10 * time.Minute} {
		o := b.send(t, alert(i+1))
		if o.State != notice.Waiting || o.Problem != notice.SMSAway || o.Next.Sub(b.now) != pause {
			t.Fatalf("try %d: %s %s, again after %v", i+1, o.State, o.Problem, o.Next.Sub(b.now))
		}
		b.now = o.Next
	}
	if b.now.Sub(start) < 12*time.Minute {
		t.Errorf("three pauses took %v", b.now.Sub(start))
	}
	k.open()
	if o := b.send(t, alert(4)); o.State != notice.Sent || o.Problem != "" {
		t.Fatalf("back again: %s %s", o.State, o.Problem)
	}
	k.parts(1)
	k.network.stop()
	k.until("the network is gone", func() bool { return !strings.Contains(k.status(), "online") })
	if o := b.send(t, alert(1)); o.State != notice.Sent {
		t.Fatalf("without a network: %s %s", o.State, o.Problem)
	}
	k.network = started(k.T, k.dir, "network", fakesmsc, "-H", "127.0.0.1", "-r", strconv.Itoa(k.smsc), "-m", "0", "-i", "1", "nobody nobody text nothing")
	k.parts(2)
}

// TestKannelWithAWrongPassword to the end: the alert is failed, by a code that
// says what to mend, and no password stands in the log.
func TestKannelWithAWrongPassword(t *testing.T) {
	k := newKannel(t)
	s := k.settings()
	s.Password = "wrong"
	g, err := notice.NewSMS(s)
	must(t, err)
	r := both()
	r.reader.Contacts = r.reader.Contacts[1:]
	b := newBench(t, r)
	b.SMS = g
	if o := b.send(t, alert(1)); o.State != notice.Waiting || o.Problem != notice.SMSDenied {
		t.Errorf("the first try: %s %s", o.State, o.Problem)
	}
	if o := b.send(t, alert(8)); o.State != notice.Failed || o.Problem != notice.SMSDenied {
		t.Errorf("the last try: %s %s", o.State, o.Problem)
	}
	if strings.Contains(b.log.String(), "wrong") {
		t.Errorf("the log says %s", b.log)
	}
	if err := g.Carry(canceled(t), number, said); !errors.As(err, new(*notice.Problem)) {
		t.Errorf("told to stop: %v", err)
	}
}

func canceled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
