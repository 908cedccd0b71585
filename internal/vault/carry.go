package vault

import (
	"context"

	"inkingi/internal/fault"
)

// Carry seals a value anew under another subject's key, for the same place: two
// files turn out to be of one person, and what was written in the one goes on in
// the other. The text does not leave this room, and nobody reads it on the way: no
// grant is asked. Both subjects belong to one organisation; an empty value stays empty.
//
// The key of the first subject is not destroyed: the identity that was given with it
// stays sealed by it, and carrying back is the same act.
//
// Faults: NotFound "vault.erased" for a tombstone on either side, Internal
// "vault.owner" across organisations (that is [Vault.Move]), Unavailable
// "vault.locked", Internal "vault.broken".
func (v *Vault) Carry(ctx context.Context, keys Keys, from, to SubjectKey, w Where, ciphertext []byte) ([]byte, error) {
	switch {
	case from.Erased() || to.Erased():
		return nil, fault.New(fault.NotFound, "vault.erased")
	case from.Org != to.Org || from.Org.IsZero():
		return nil, fault.New(fault.Internal, "vault.owner")
	case len(ciphertext) == 0:
		return nil, nil
	}
	org, err := keys.OrgKey(ctx, from.Org)
	if err != nil {
		return nil, err
	}
	clear, err := (&sealed{vault: v, org: org, key: from, where: w, ciphertext: ciphertext}).open()
	if err != nil {
		return nil, err
	}
	return v.Seal(ctx, keys, to, w, textOf(content{clear: clear}))
}
