package account

import (
	"bytes"
	"crypto/subtle"
	"encoding/base32"
	"image/png"
	"io"
	"net/url"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"inkingi/internal/fault"
)

// RFC 6238 as every authenticator app knows it [M].
const (
	totpPeriod = 30
	totpSkew   = 1 // steps before and after: telephones are late
	totpBytes  = 20
)

// newTOTP makes a secret as an app takes it.
func newTOTP(random io.Reader) (Secret, error) {
	raw := make([]byte, totpBytes)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fault.Wrap(fault.Internal, "account.random", err)
	}
	return Secret(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)), nil
}

// totpStep finds the time step a code belongs to. A step that was used before,
// or one before it, is refused: a code that was looked at is worth nothing.
func totpStep(secret Secret, code string, used int64, now time.Time) (int64, bool) {
	current := now.Unix() / totpPeriod
	found, ok := int64(0), 0
	for step := current - totpSkew; step <= current+totpSkew; step++ {
		want, err := hotp.GenerateCodeCustom(string(secret), uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, false
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && step > used {
			found, ok = step, 1
		}
	}
	return found, ok == 1
}

// Enrolment is what an app needs, shown once.
type Enrolment struct {
	Secret Secret // to type by hand
	Link   Secret // otpauth://…
}

func newEnrolment(issuer, name string, secret Secret) Enrolment {
	link := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + name, RawQuery: url.Values{
		"secret": {string(secret)}, "issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"},
	}.Encode()}
	return Enrolment{Secret: secret, Link: Secret(link.String())}
}

// PNG draws the link as a square for a telephone's camera.
func (e Enrolment) PNG(size int) ([]byte, error) {
	key, err := otp.NewKeyFromURL(string(e.Link))
	if err != nil {
		return nil, fault.Wrap(fault.Internal, "account.enrolment", err)
	}
	picture, err := key.Image(size, size)
	if err != nil {
		return nil, fault.Wrap(fault.Internal, "account.enrolment", err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return nil, fault.Wrap(fault.Internal, "account.enrolment", err)
	}
	return b.Bytes(), nil
}
