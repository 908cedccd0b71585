package notice_test

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"inkingi/internal/notice"
)

// aiosmtpd is where Debian puts a mail server in Python (python3-aiosmtpd): a
// second peer, in a process of its own, that keeps what it takes in a mailbox.
const aiosmtpd = "/usr/bin/aiosmtpd"

// mailbox is that server and its mailbox. It signs nobody in: passwords are for
// the other peer ([office]).
type mailbox struct {
	*testing.T
	dir   string
	port  int
	roots *x509.CertPool
	run   *running
}

// newMailbox starts the server; how is "tls", the option of STARTTLS, or "smtps".
func newMailbox(t *testing.T, how string, more ...string) *mailbox {
	t.Helper()
	installed(t, "python3-aiosmtpd", aiosmtpd)
	certificate, roots := certified(t)
	m := &mailbox{T: t, dir: t.TempDir(), port: ports(t, 1)[0], roots: roots}
	key, err := x509.MarshalPKCS8PrivateKey(certificate.PrivateKey)
	must(t, err)
	for name, block := range map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: certificate.Certificate[0]}, "key.pem": {Type: "PRIVATE KEY", Bytes: key}} {
		must(t, os.WriteFile(filepath.Join(m.dir, name), pem.EncodeToMemory(block), 0o600))
	}
	args := append([]string{"-n", "-l", "127.0.0.1:" + strconv.Itoa(m.port), "--" + how + "cert", filepath.Join(m.dir, "cert.pem"),
		"--" + how + "key", filepath.Join(m.dir, "key.pem")}, more...)
	m.run = started(t, m.dir, "log", aiosmtpd, append(args, "-c", "aiosmtpd.handlers.Mailbox", filepath.Join(m.dir, "mail"))...)
	for end := time.Now().Add(20 * time.Second); !listens(m.port); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			log, _ := os.ReadFile(filepath.Join(m.dir, "log"))
			t.Fatalf("the mail server does not start: %s", log)
		}
	}
	return m
}

func (m *mailbox) settings(how notice.TLS) notice.MailSettings {
	return notice.MailSettings{Host: "127.0.0.1", Port: m.port, From: "inkingi@house.example", TLS: how, Roots: m.roots, Patience: 5 * time.Second}
}

func (m *mailbox) carry(s notice.MailSettings) error {
	m.Helper()
	c, err := notice.NewMail(s)
	must(m, err)
	return c.Carry(m.Context(), address, said)
}

// letters are what lies in the mailbox.
func (m *mailbox) letters() []string {
	m.Helper()
	names, err := filepath.Glob(filepath.Join(m.dir, "mail", "new", "*"))
	must(m, err)
	var all []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		must(m, err)
		all = append(all, string(text))
	}
	return all
}

func TestMailArrivesInAMailbox(t *testing.T) {
	for how, option := range map[notice.TLS]string{notice.StartTLS: "tls", notice.IfOffer: "tls", notice.Implicit: "smtps"} {
		t.Run(string(how), func(t *testing.T) {
			m := newMailbox(t, option)
			must(t, m.carry(m.settings(how)))
			got := m.letters()
			if len(got) != 1 {
				t.Fatalf("%d letters", len(got))
			}
			// Who handed it over and to whom stands outside the letter.
			readLetter(t, regexp.MustCompile(`(?m)^X-(Peer|MailFrom|RcptTo): .*\r?\n`).ReplaceAllString(got[0], ""))
		})
	}
}

// TestMailServerRefuses walks what this peer refuses, and one that went away and
// came back.
func TestMailServerRefuses(t *testing.T) {
	m := newMailbox(t, "tls")
	strange := m.settings(notice.StartTLS)
	strange.Roots = x509.NewCertPool()
	isProblem(t, m.carry(strange), notice.MailTLS, false)
	isProblem(t, m.carry(m.settings(notice.Plain)), notice.MailTLS, false) // it wants TLS first, and says so
	m.run.stop()
	isProblem(t, m.carry(m.settings(notice.StartTLS)), notice.MailAway, false)
	if n := len(m.letters()); n != 0 {
		t.Errorf("%d letters arrived", n)
	}
	small := newMailbox(t, "tls", "-s", "100")
	isProblem(t, small.carry(small.settings(notice.StartTLS)), notice.MailRejected, false)
}
