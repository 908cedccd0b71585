package notice_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// post is a mail server that somebody else wrote, with an invented mailbox.
type post struct {
	host    string
	port    int
	roots   *x509.CertPool
	mu      sync.Mutex
	letters []letter
	tries   int

	user, password string            // asked for when set
	from, to, data func(n int) error // answers of the server at the nth try
	secured        []bool
}

type letter struct{ from, to, text string }

// office starts the server; how is "starttls", "implicit" or "none".
func office(t *testing.T, how string, p *post) *post {
	t.Helper()
	certificate, roots := certified(t)
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		_, secure := c.TLSConnectionState()
		return &visit{post: p, secure: secure || how == "implicit"}, nil
	}))
	server.Domain, server.ReadTimeout, server.WriteTimeout = "mail.example", 5*time.Second, 5*time.Second
	server.ErrorLog = quiet{}
	config := &tls.Config{Certificates: []tls.Certificate{certificate}}
	if how == "starttls" {
		server.TLSConfig = config
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.host, p.port, p.roots = "127.0.0.1", l.Addr().(*net.TCPAddr).Port, roots
	if how == "implicit" {
		l = tls.NewListener(l, config)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close(); _ = l.Close(); <-done }) // it may not serve yet
	return p
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// visit is one connection.
type visit struct {
	post     *post
	secure   bool
	let      bool
	from, to string
}

func (v *visit) AuthMechanisms() []string {
	if v.post.user == "" || !v.secure {
		return nil
	}
	return []string{sasl.Plain}
}

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != v.post.user || password != v.post.password {
			return smtp.ErrAuthFailed
		}
		v.let = true
		return nil
	}), nil
}

func (v *visit) ask(answer func(int) error) error {
	v.post.mu.Lock()
	defer v.post.mu.Unlock()
	if answer == nil {
		return nil
	}
	return answer(v.post.tries)
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	v.post.mu.Lock()
	v.post.tries++
	v.post.secured = append(v.post.secured, v.secure)
	v.post.mu.Unlock()
	if v.post.user != "" && !v.let {
		return smtp.ErrAuthRequired
	}
	v.from = from
	return v.ask(v.post.from)
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.to = to
	return v.ask(v.post.to)
}

func (v *visit) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := v.ask(v.post.data); err != nil {
		return err
	}
	v.post.mu.Lock()
	defer v.post.mu.Unlock()
	v.post.letters = append(v.post.letters, letter{v.from, v.to, string(text)})
	return nil
}

func (v *visit) Reset()        {}
func (v *visit) Logout() error { return nil }

func (p *post) got() []letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]letter(nil), p.letters...)
}

// answers gives the same refusal to everybody.
func answers(code int, enhanced smtp.EnhancedCode) func(int) error {
	return func(int) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: "not " + secret + " for " + address}
	}
}

// certified makes a certificate for this machine, and who vouches for it.
func certified(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "invented"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	raw, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}, roots
}

// mute is a server that takes the connection and never says a word.
func mute(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var held []net.Conn
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			held = append(held, c)
		}
	}()
	t.Cleanup(func() {
		l.Close()
		<-done
		for _, c := range held {
			c.Close()
		}
	})
	return l.Addr().(*net.TCPAddr).Port
}

// closed is a port where nobody listens.
func closed(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// lacks fails when a text repeats what nobody may read.
func lacks(t *testing.T, what, text string) {
	t.Helper()
	for _, hidden := range []string{secret, address, number, strings.TrimPrefix(number, "+")} {
		if strings.Contains(text, hidden) {
			t.Errorf("%s says %q: %s", what, hidden, text)
		}
	}
}
