package store

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/protection"
)

type likenessRow struct {
	ID        ids.Likeness             `db:"id"`
	Version   int                      `db:"version"`
	Owner     ids.Org                  `db:"owner_org"`
	First     ids.Case                 `db:"first_case"`
	Second    ids.Case                 `db:"second_case"`
	State     string                   `db:"state"`
	Unsure    bool                     `db:"unsure"`
	By        ids.Account              `db:"by_account"`
	At        stamp                    `db:"at"`
	DecidedBy ids.Account              `db:"decided_by"`
	DecidedAt stamp                    `db:"decided_at"`
	Kept      ids.Case                 `db:"kept_case"`
	Until     stamp                    `db:"until_at"`
	Was       asJSON[[]protection.Was] `db:"was"`     // none or one
	Carried   asJSON[[]carried]        `db:"carried"` // what went over
}

const likenessColumns = `l.id, l.version, l.owner_org, l.first_case, l.second_case, l.state, l.unsure, l.by_account, l.at, l.decided_by, l.decided_at,
	l.kept_case, l.until_at, l.was, l.carried`

func (r likenessRow) likeness() protection.Likeness {
	x := protection.Likeness{ID: r.ID, Version: r.Version, Owner: r.Owner, First: r.First, Second: r.Second, State: protection.LikenessState(r.State),
		Unsure: r.Unsure, By: r.By, At: r.At.Time, DecidedBy: r.DecidedBy, DecidedAt: r.DecidedAt.Time, Kept: r.Kept, Until: r.Until.Time}
	if len(r.Was.V) > 0 {
		x.Was = r.Was.V[0]
	}
	return x
}

func likenessRowOf(x protection.Likeness, went []carried) likenessRow {
	row := likenessRow{ID: x.ID, Version: x.Version + fresh(x.Version), Owner: x.Owner, First: x.First, Second: x.Second, State: string(x.State), Unsure: x.Unsure,
		By: x.By, At: at(x.At), DecidedBy: x.DecidedBy, DecidedAt: at(x.DecidedAt), Kept: x.Kept, Until: at(x.Until), Carried: inJSON(went)}
	if x.State == protection.OneFile {
		row.Was = inJSON([]protection.Was{x.Was})
	} else {
		row.Was = inJSON([]protection.Was{})
	}
	return row
}

// olderLikeness reads a pair as it stands.
func (t *tx) olderLikeness(id ids.UUID) (row any, version int, err error) {
	var r likenessRow
	err = t.get(&r, `SELECT `+likenessColumns+` FROM likeness l WHERE l.id = ?`, id)
	return r, r.Version, err
}

// likenesses writes pairs. A pair that somebody found meanwhile stays as it is. It
// runs before the cases are written: what hangs on a file goes over before the file ends.
func (w *saving) likenesses(c protection.Change) error {
	went := map[ids.Likeness][]carried{}
	for _, x := range c.Joins {
		rows, err := w.join(x)
		if err != nil {
			return err
		}
		went[x.Likeness] = rows
	}
	for _, id := range c.Partings {
		rows, err := w.part(id)
		if err != nil {
			return err
		}
		went[id] = rows // of what went to and fro an erasure forgets the older versions
	}
	for _, x := range c.Likenesses {
		if x.Version == 0 {
			there, err := w.t.exists(`SELECT id FROM likeness WHERE first_case = ? AND second_case = ?`, x.First, x.Second)
			if err != nil {
				return err
			}
			if there {
				continue
			}
		}
		if err := w.put("likeness", x.Version, x.ID.UUID, plain(likenessRowOf(x, went[x.ID]))); err != nil {
			return err
		}
	}
	return nil
}

// factsOfPair is the query of its facts. Who is kept out of one of the two is kept
// out of the pair; with one erased there is none.
func factsOfPair() string {
	of := func(one string) string {
		return `SELECT c.person AS subject, c.id AS record, x.owner_org AS owner, NULL AS to_org, x.by_account AS by_account, NULL AS first,
			NULL AS second, c.place AS place, x.state AS stage, c.child AS child
			FROM likeness x JOIN protection_case c ON c.id = x.` + one + ` AND c.owner_org = x.owner_org WHERE x.id = ?
			AND NOT EXISTS (SELECT 1 FROM protection_case e WHERE e.id IN (x.first_case, x.second_case) AND e.state = 'ERASED')`
	}
	return of("first_case") + ` UNION ALL ` + of("second_case")
}

// arrivedAlike is how many pairs one name that was just written makes at most.
const arrivedAlike = 3

// arrive remembers, for a supervisor, who has every sound of the name or the number of
// somebody just written down. It is found by blind tokens: nobody is opened, and
// whoever wrote learns nothing. Two who cannot read each other's files would never know.
func (w *saving) arrive(c protection.Change) error {
	for _, x := range c.Persons {
		var own []ids.Case
		if err := w.t.list(&own, `SELECT id FROM protection_case WHERE person = ? AND open = 1 ORDER BY opened DESC, id DESC LIMIT 1`, x.ID); err != nil || len(own) == 0 {
			return err
		}
		index, err := w.t.s.options.Vault.Index(w.t.ctx, w.t, x.Owner)
		if err != nil {
			return err
		}
		for _, by := range []struct {
			kind  vault.IndexKind
			text  vault.Text
			least int
		}{{vault.Phonetic, x.Name, 2}, {vault.Digits, x.Contact.Phone, 1}} {
			tokens, err := index.TokensOf(by.kind, by.text)
			if err != nil {
				return err
			}
			if len(tokens) < by.least {
				continue // one word of a name is hundreds of people
			}
			query, along, args := havingTokens(`c.id`, x.Owner, by.kind, tokens)
			var others []ids.Case
			if err := w.t.list(&others, query+` AND `+along+`.subject <> ? AND c.owner_org = ? AND c.open = 1 ORDER BY `+along+`.subject DESC, c.id DESC LIMIT ?`,
				append(args, x.ID, x.Owner, arrivedAlike)...); err != nil {
				return err
			}
			for _, other := range others {
				if err := w.suspect(x.Owner, other, own[0]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// suspect adds a pair that nobody knows yet.
func (w *saving) suspect(owner ids.Org, a, b ids.Case) error {
	if a.String() > b.String() {
		a, b = b, a
	}
	there, err := w.t.exists(`SELECT id FROM likeness WHERE first_case = ? AND second_case = ?`, a, b)
	if err != nil || there {
		return err
	}
	x := protection.Likeness{ID: ids.New[ids.Likeness](), Owner: owner, First: a, Second: b, State: protection.Suspected, By: w.t.entry.Line().Account, At: w.t.now()}
	return w.t.insert("likeness", likenessRowOf(x, nil))
}

// havingTokens begins a query for cases whose person has every token: along the
// first, the newest person first, under the name that along says. CROSS JOIN tells
// SQLite to begin with the tokens.
func havingTokens(columns string, org ids.Org, kind vault.IndexKind, tokens [][]byte) (query, along string, args []any) {
	args = []any{org, string(kind), tokens[0]}
	if len(tokens) == 1 && kind != vault.Digits { // a frequent word: the newest who have it, and no further
		return `SELECT ` + columns + ` FROM (SELECT subject FROM index_token WHERE org = ? AND kind = ? AND token = ? AND subject_kind = 'person'
			ORDER BY subject DESC LIMIT 200) newest CROSS JOIN protection_case c WHERE c.person = newest.subject`, "newest", args
	}
	query = `SELECT ` + columns + ` FROM index_token k CROSS JOIN protection_case c
		WHERE c.person = k.subject AND k.org = ? AND k.kind = ? AND k.token = ? AND k.subject_kind = 'person'`
	for _, token := range tokens[1:] {
		query += ` AND EXISTS (SELECT 1 FROM index_token o WHERE o.org = ? AND o.kind = ? AND o.token = ? AND o.subject_kind = 'person' AND o.subject = k.subject)`
		args = append(args, org, string(kind), token)
	}
	return query, "k", args
}

type candidateRow struct {
	caseLine
	Person ids.Person `db:"person"`
	Signal ids.Signal `db:"signal"`
	Joined ids.Case   `db:"joined"`
}

// Candidates looks by the number, then by every word of each name as it sounds, then
// by every two of them, then by one: the nearer is found first. No walk is longer than
// its index entry, and none returns more than limit.
func (s *Store) Candidates(ctx context.Context, g access.Grant, names []string, phone string, limit int) (all []protection.Candidate, err error) {
	sc := s.homeward(g.Scope())
	err = s.granted(ctx, g, func(t *tx) error {
		all = nil
		if _, err := t.OrgKey(t.ctx, sc.Org); fault.Is(err, fault.NotFound) {
			return nil // an organisation that never wrote anybody down
		}
		seen := map[ids.Person]bool{}
		look := func(kind vault.IndexKind, tokens [][]byte) error {
			if len(tokens) == 0 || len(all) >= limit {
				return nil
			}
			condition, scope := sc.Where(caseLanes(protection.CaseFilter{}).columnsAtOnce())
			query, along, args := havingTokens(caseLineColumns+`, c.person, c.signal, c.joined`, sc.Org, kind, tokens)
			var rows []candidateRow
			if err := t.list(&rows, query+` AND `+condition+` ORDER BY `+along+`.subject DESC, c.opened DESC, c.id DESC LIMIT ?`, append(append(args, scope...), limit)...); err != nil {
				return err
			}
			for _, r := range rows {
				if !seen[r.Person] && len(all) < limit {
					seen[r.Person] = true // of several episodes the newest
					all = append(all, protection.Candidate{CaseLine: r.line(), Person: r.Person, Signal: r.Signal, Joined: r.Joined})
				}
			}
			return nil
		}
		digits, err := t.s.options.Vault.Tokens(t.ctx, t, sc.Org, vault.Digits, phone)
		if err != nil {
			return err
		}
		if err := look(vault.Digits, digits); err != nil {
			return err
		}
		for _, name := range names {
			words, err := t.s.options.Vault.Tokens(t.ctx, t, sc.Org, vault.Phonetic, name)
			if err != nil {
				return err
			}
			for _, some := range groups(words) {
				if err := look(vault.Phonetic, some); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return all, err
}

// mostWords is how many words of a name are looked for in twos and alone.
const mostWords = 4

// groups are all words, then every two, then each.
func groups(words [][]byte) [][][]byte {
	if len(words) == 0 {
		return nil
	}
	all := [][][]byte{words}
	some := words[:min(len(words), mostWords)]
	if len(words) > 2 {
		for i := range some {
			for j := range i {
				all = append(all, [][]byte{some[i], some[j]})
			}
		}
	}
	if len(words) > 1 {
		for _, one := range some {
			all = append(all, [][]byte{one})
		}
	}
	return all
}

// Likeness reads one pair.
func (s *Store) Likeness(ctx context.Context, g access.Grant, id ids.Likeness) (x protection.Likeness, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		var r likenessRow
		err := t.get(&r, `SELECT `+likenessColumns+` FROM likeness l WHERE l.id = ?`, id)
		x = r.likeness()
		return err
	})
	return x, err
}

type likenessLine struct {
	likenessRow
	FirstCode  ids.Code `db:"first_code"`
	SecondCode ids.Code `db:"second_code"`
}

// likenessesShown is how many pairs of each state a list shows.
const likenessesShown = 40

// Likenesses lists the pairs of an organisation: what waits first, then the newest.
// Whoever is kept out of one of the two files sees no line.
func (s *Store) Likenesses(ctx context.Context, g access.Grant) (all []protection.LikenessLine, err error) {
	sc := g.Scope()
	if sc.Org.IsZero() || !sc.Reach.Has(access.ReachOrg) {
		return nil, nil
	}
	first, readers := barred("l.first_case", sc)
	second, others := barred("l.second_case", sc)
	err = s.listedWhole(ctx, g, func(t *tx) error {
		all = nil
		for _, state := range []protection.LikenessState{protection.Suspected, protection.OneFile, protection.Apart} {
			var rows []likenessLine
			if err := t.list(&rows, `SELECT `+likenessColumns+`, a.code AS first_code, b.code AS second_code FROM likeness l
				JOIN protection_case a ON a.id = l.first_case JOIN protection_case b ON b.id = l.second_case
				WHERE l.owner_org = ? AND l.state = `+literal(state)+` AND a.owner_org = l.owner_org AND b.owner_org = l.owner_org AND a.state <> 'ERASED' AND b.state <> 'ERASED'`+first+second+`
				ORDER BY l.at DESC, l.id DESC LIMIT ?`, append(append(append([]any{sc.Org}, readers...), others...), likenessesShown)...); err != nil {
				return err
			}
			for _, r := range rows {
				all = append(all, protection.LikenessLine{Likeness: r.likeness(), FirstCode: r.FirstCode, SecondCode: r.SecondCode})
			}
		}
		return nil
	})
	return all, err
}

// CaseLikenesses lists those of a case but for pairs with an erased one, for a reader who holds a grant on it.
func (s *Store) CaseLikenesses(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Likeness, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []likenessRow
		err := t.list(&rows, `SELECT `+likenessColumns+` FROM likeness l JOIN protection_case o ON o.id = l.second_case AND o.state <> 'ERASED' WHERE l.first_case = ? UNION ALL
			SELECT `+likenessColumns+` FROM likeness l JOIN protection_case o ON o.id = l.first_case AND o.state <> 'ERASED' WHERE l.second_case = ? LIMIT ?`, id, id, pageLimit)
		for _, r := range rows {
			all = append(all, r.likeness())
		}
		return err
	})
	return all, err
}
