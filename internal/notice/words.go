package notice

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"inkingi/internal/lang"
)

// plainKey is what is said when a key has no sentence: it must not be sent raw.
const plainKey = "alert.signal"

// words says an alert in a language. Nothing but the key goes in: there is no
// placeholder to fill.
func words(l *lang.Lang, a Alert, code string) Message {
	p := l.Printer(code)
	key := a.Key
	if !strings.HasPrefix(key, "alert.") || !p.Has(key) {
		key = plainKey
	}
	return Message{Subject: p.T("alert.subject"), Text: p.T(key)}
}

// token names a message to one channel: the same for every try, and it says
// nothing about the alert.
func token(a Alert, channel string) string {
	sum := sha256.Sum256([]byte(a.ID.String() + " " + channel))
	return hex.EncodeToString(sum[:12])
}

// gsm are the letters that a telephone counts as one of 160 [S: 3GPP TS 23.038].
const gsm = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
	"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"

// short writes a sentence as a telephone counts it cheapest, and says whether
// that succeeded: with any other letter only 70 fit into one message.
func short(text string) (string, bool) {
	text = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "«", `"`, "»", `"`, "\u00a0", " ", "\u202f", " ",
		"–", "-", "—", "-", "…", "...", "œ", "oe").Replace(text)
	for _, r := range text {
		if !strings.ContainsRune(gsm, r) {
			return text, false
		}
	}
	return text, true
}
