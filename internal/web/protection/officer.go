package protection

import (
	"crypto/sha256"
	"math/rand/v2"

	"inkingi/internal/ids"
)

// officerCode stands for the person on duty on papers that leave the house: it
// is always the same for the same account, and tells no name.
func officerCode(id ids.Account) string {
	if id.IsZero() {
		return ""
	}
	seed := sha256.Sum256(append([]byte("duty officer "), id.UUID[:]...))
	return ids.NewCode(rand.NewChaCha8(seed)).String()
}
