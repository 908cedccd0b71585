package notice

import "errors"

// Problem says why a message was not taken, as a code. It has no cause: what a
// server says may repeat an address or a password.
type Problem struct {
	Code  string
	Final bool // trying again will not help
}

func (p *Problem) Error() string { return "notice: " + p.Code }

// The problem codes. Each has a sentence, "notice.problem." and the code.
const (
	NoAccount     = "account.none"   // the account is not there
	ClosedAccount = "account.closed" // the account is closed
	NoChannel     = "channel.none"   // the account has neither mail nor telephone
	Sealed        = "channel.sealed" // its channels cannot be opened now
	MailOff       = "mail.off"       // no mail server is set
	MailAway      = "mail.away"      // it does not answer, or asks to come later
	MailSlow      = "mail.slow"      // it does not answer in time
	MailTLS       = "mail.tls"       // no safe connection
	MailDenied    = "mail.denied"    // it refuses us: password, sender, relaying
	MailRejected  = "mail.rejected"  // it refuses the message
	MailRefused   = "mail.refused"   // it refuses the address
	SMSOff        = "sms.off"        // no gateway is set
	SMSAway       = "sms.away"       // it does not answer, or asks to come later
	SMSSlow       = "sms.slow"       // it does not answer in time
	SMSTLS        = "sms.tls"        // no safe connection
	SMSDenied     = "sms.denied"     // it refuses us
	SMSRefused    = "sms.refused"    // it refuses the number
	SMSGarbled    = "sms.garbled"    // its answer is not that of a gateway
	Unknown       = "unknown"        // a carrier broke its contract
)

// Problems lists every code.
func Problems() []string {
	return []string{NoAccount, ClosedAccount, NoChannel, Sealed, MailOff, MailAway, MailSlow, MailTLS, MailDenied, MailRejected,
		MailRefused, SMSOff, SMSAway, SMSSlow, SMSTLS, SMSDenied, SMSRefused, SMSGarbled, Unknown}
}

func again(code string) error { return &Problem{Code: code} }
func never(code string) error { return &Problem{Code: code, Final: true} }

// problem reads what a carrier says; nil when the message was taken.
func problem(err error) *Problem {
	if err == nil {
		return nil
	}
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return &Problem{Code: Unknown}
}
