package notice

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	netmail "net/mail"
	"net/textproto"
	"slices"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"inkingi/internal/account"
	"inkingi/internal/fault"
)

// TLS says how the connection to the mail server is kept from being read.
type TLS string

// The ways. The zero TLS is StartTLS.
const (
	StartTLS TLS = "starttls" // the server must offer it
	Implicit TLS = "implicit" // TLS from the first byte, as on port 465
	IfOffer  TLS = "offered"  // when the server offers it; without a password only
	Plain    TLS = "none"     // never; to this machine only
)

// MailSettings say by which server mail leaves.
type MailSettings struct {
	Host     string
	Port     int // 0: 587, or 465 when Implicit
	User     string
	Password account.Secret
	From     string
	TLS      TLS
	Roots    *x509.CertPool // nil: the system's
	Patience time.Duration  // 0: 15 s
}

// Mail is the carrier of mail.
type Mail struct {
	settings MailSettings
	domain   string // of the sender: what we call ourselves, not this machine's name
	tls      *tls.Config
	options  []mail.Option
}

// NewMail checks the settings; faults are Invalid at the setting's name.
func NewMail(s MailSettings) (*Mail, error) {
	if s.TLS == "" {
		s.TLS = StartTLS
	}
	if s.Patience <= 0 {
		s.Patience = 15 * time.Second
	}
	if s.Port == 0 {
		s.Port = 587
		if s.TLS == Implicit {
			s.Port = 465
		}
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(s.From, "@")
	m := &Mail{settings: s, domain: domain, tls: &tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}}
	policy := map[TLS]mail.TLSPolicy{StartTLS: mail.TLSMandatory, IfOffer: mail.TLSOpportunistic, Plain: mail.NoTLS, Implicit: mail.NoTLS}[s.TLS]
	m.options = []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(s.Patience), mail.WithHELO(domain), mail.WithoutNoop(),
		mail.WithTLSConfig(m.tls), mail.WithTLSPolicy(policy)}
	if s.TLS == Implicit {
		m.options = append(m.options, mail.WithSSL())
	}
	if s.User != "" {
		// The connection is protected ([MailSettings.check]): the library's own choice would take NTLM before PLAIN.
		m.options = append(m.options, mail.WithUsername(s.User), mail.WithPassword(s.Password.Reveal()),
			mail.WithOpportunisticSMTPAuth(mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthSCRAMSHA1, mail.SMTPAuthPlain, mail.SMTPAuthLogin, mail.SMTPAuthCramMD5))
	}
	return m, nil
}

func (s MailSettings) check() error {
	from, err := netmail.ParseAddress(s.From)
	switch {
	case s.Host == "" || strings.ContainsAny(s.Host, " /@:") && net.ParseIP(s.Host) == nil:
		return fault.Field("smtp-host", "notice.mail.host")
	case s.Port < 1 || s.Port > 65535:
		return fault.Field("smtp-port", "notice.mail.port")
	case err != nil || from.Address != s.From:
		return fault.Field("smtp-from", "notice.mail.from")
	case (s.User == "") != (s.Password == ""):
		return fault.Field("smtp-password-file", "notice.mail.password")
	}
	switch s.TLS {
	case StartTLS, Implicit:
		return nil
	case IfOffer, Plain:
		if s.User != "" || s.TLS == Plain && !loopback(s.Host) {
			return fault.Field("smtp-tls", "notice.mail.tls")
		}
		return nil
	}
	return fault.Field("smtp-tls", "fault.choice")
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Carry sends one mail. Each has its own connection: alerts are few. The
// library minds the end of ctx only while it dials, so the connection is closed
// under it.
func (m *Mail) Carry(ctx context.Context, to string, said Message) error {
	letter, err := m.letter(to, said)
	if err != nil {
		return never(MailRefused)
	}
	ctx, cancel := context.WithTimeout(ctx, m.settings.Patience)
	defer cancel()
	dial := func(_ context.Context, network, addr string) (net.Conn, error) {
		c, err := m.dial(ctx, network, addr)
		if err == nil {
			context.AfterFunc(ctx, func() { c.Close() })
		}
		return c, err
	}
	client, err := mail.NewClient(m.settings.Host, append(slices.Clone(m.options), mail.WithDialContextFunc(dial))...)
	if err != nil {
		return again(Unknown)
	}
	err = client.DialAndSendWithContext(ctx, letter)
	if err == nil || letter.IsDelivered() { // a server may hang up rudely after it took the message
		return nil
	}
	return mailProblem(ctx, err)
}

func (m *Mail) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if m.settings.TLS == Implicit {
		return (&tls.Dialer{Config: m.tls}).DialContext(ctx, network, addr)
	}
	return (&net.Dialer{}).DialContext(ctx, network, addr)
}

func (m *Mail) letter(to string, said Message) (*mail.Msg, error) {
	letter := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := errors.Join(letter.From(m.settings.From), letter.To(to)); err != nil {
		return nil, err
	}
	letter.SetMessageIDWithValue(said.ID + "@" + m.domain)
	letter.SetDate()
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody's absence note answers
	letter.Subject(said.Subject)
	letter.SetBodyString(mail.TypeTextPlain, said.Text)
	return letter, nil
}

// mailProblem puts what a server or the network says into a code.
func mailProblem(ctx context.Context, err error) error {
	var sent *mail.SendError
	var answer *textproto.Error
	var slow net.Error
	var odd tls.RecordHeaderError
	var alert tls.AlertError
	var unknown *tls.CertificateVerificationError
	switch {
	case errors.As(err, &unknown), errors.As(err, &odd), errors.As(err, &alert), strings.Contains(err.Error(), "STARTTLS"):
		return again(MailTLS)
	case errors.As(err, &sent) && sent.ErrorCode() >= 500:
		return refusal(sent)
	case ctx.Err() != nil, errors.As(err, &slow) && slow.Timeout():
		return again(MailSlow)
	case errors.As(err, &answer) && answer.Code >= 500, strings.Contains(err.Error(), "AUTH"):
		return again(MailDenied)
	}
	return again(MailAway)
}

// refusal tells an address that is not there from a server that does not want
// us: the second may be mended by whoever runs the program (RFC 3463, 5.7.x).
func refusal(e *mail.SendError) error {
	policy := strings.HasPrefix(e.EnhancedStatusCode(), "5.7") || e.ErrorCode() == 530 || e.ErrorCode() == 535
	switch {
	case e.Reason == mail.ErrSMTPRcptTo && !policy:
		return never(MailRefused)
	case e.Reason == mail.ErrSMTPRcptTo, e.Reason == mail.ErrSMTPMailFrom:
		return again(MailDenied)
	}
	return again(MailRejected)
}
