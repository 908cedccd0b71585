package store

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// setTokens replaces what the blind index of an organisation holds of one kind
// about one record. The tokens come from vault; subject is whose key seals the
// text, so that erasing it purges them.
func (t *tx) setTokens(org ids.Org, kind vault.IndexKind, what access.Kind, subject ids.UUID, tokens [][]byte) error {
	if _, err := t.exec(`DELETE FROM index_token WHERE subject = ? AND org = ? AND kind = ? AND subject_kind = ?`,
		subject, org, string(kind), string(what)); err != nil {
		return err
	}
	seen := map[string]bool{}
	var rows []any
	for _, token := range tokens {
		if !seen[string(token)] {
			seen[string(token)] = true
			rows = append(rows, org, string(kind), token, string(what), subject)
		}
	}
	return t.insertMany("index_token (org, kind, token, subject_kind, subject)", 5, rows)
}

// withTokens finds at most limit records of an organisation that hold every
// one of the tokens, after a given one (the zero id for the first), by id.
func (t *tx) withTokens(org ids.Org, kind vault.IndexKind, what access.Kind, tokens [][]byte, after ids.UUID, limit int) ([]ids.UUID, error) {
	seen := map[string]bool{}
	var distinct [][]byte
	for _, token := range tokens {
		if !seen[string(token)] {
			seen[string(token)] = true
			distinct = append(distinct, token)
		}
	}
	var found []ids.UUID
	err := t.listIn(&found, `SELECT subject FROM index_token
		WHERE org = ? AND kind = ? AND token IN (?) AND subject_kind = ? AND subject > ?
		GROUP BY subject HAVING COUNT(*) = ? ORDER BY subject LIMIT ?`,
		org, string(kind), distinct, string(what), after.String(), len(distinct), limit)
	return found, err
}
