package store

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

var _ account.Store = (*Store)(nil)

type orgRow struct {
	ID      ids.Org `db:"id"`
	Version int     `db:"version"`
	Name    string  `db:"name"`
	Kind    string  `db:"kind"`
	Place   string  `db:"place"`
	Closed  stamp   `db:"closed"`
}

func (r orgRow) org() account.Org {
	return account.Org{ID: r.ID, Version: r.Version, Name: r.Name, Kind: r.Kind, Place: r.Place, Closed: r.Closed.Time}
}

type accountRow struct {
	ID      ids.Account `db:"id"`
	Version int         `db:"version"`
	Org     ids.Org     `db:"org"`
	Name    string      `db:"name"`
	Shown   string      `db:"shown"`
	Lang    string      `db:"lang"`
	Made    stamp       `db:"made"`
	Closed  stamp       `db:"closed"`
}

func (r accountRow) account() account.Account {
	return account.Account{ID: r.ID, Version: r.Version, Org: r.Org, Name: r.Name, Shown: r.Shown, Lang: r.Lang,
		Made: r.Made.Time, Closed: r.Closed.Time}
}

type credentialRow struct {
	Account  ids.Account      `db:"account"`
	Version  int              `db:"version"`
	Subject  ids.UUID         `db:"subject"`
	Password string           `db:"password"`
	Expires  stamp            `db:"expires"`
	Change   bool             `db:"must_change"`
	Enrolled bool             `db:"enrolled"`
	Secret   []byte           `db:"secret"`
	Pending  []byte           `db:"pending"`
	Step     int64            `db:"step"`
	Salt     []byte           `db:"salt"`
	Codes    asJSON[[][]byte] `db:"codes"`
	Conduct  string           `db:"conduct"`
	ResetBy  ids.Account      `db:"reset_by"`
	ResetAt  stamp            `db:"reset_at"`
}

type postRow struct {
	ID      ids.Post    `db:"id"`
	Account ids.Account `db:"account"`
	Role    string      `db:"role"`
	Org     ids.Org     `db:"org"`
	Place   string      `db:"place"`
	From    stamp       `db:"from_at"`
	Until   stamp       `db:"until_at"`
}

type channelRow struct {
	ID      ids.UUID    `db:"id"`
	Account ids.Account `db:"account"`
	N       int         `db:"n"`
	Kind    string      `db:"kind"`
	Address []byte      `db:"address"`
}

type sessionRow struct {
	ID      ids.Session `db:"id"`
	Version int         `db:"version"`
	Account ids.Account `db:"account"`
	Token   string      `db:"token"`
	Device  string      `db:"device"`
	Second  bool        `db:"second"`
	Skipped bool        `db:"skipped"`
	Locked  bool        `db:"locked"`
	Renew   bool        `db:"renew"`
	Post    ids.Post    `db:"post"`
	Made    stamp       `db:"made"`
	Until   stamp       `db:"until_at"`
	Ended   stamp       `db:"ended"`
}

// Columns of the rows above, in the order of their fields.
const (
	orgColumns        = `id, version, name, kind, place, closed`
	accountColumns    = `id, version, org, name, shown, lang, made, closed`
	credentialColumns = `account, version, subject, password, expires, must_change, enrolled, secret, pending, step, salt, codes, conduct, reset_by, reset_at`
	postColumns       = `id, account, role, org, place, from_at, until_at`
	sessionColumns    = `s.id, s.version, s.account, s.token, s.device, s.second, s.skipped, s.locked, s.renew, s.post, s.made, s.until_at, s.ended`
)

// SaveAccounts keeps a change and its entry (account.Store).
func (s *Store) SaveAccounts(ctx context.Context, c account.Change, e audit.Entry) error {
	return s.act(ctx, e, func(t *tx) error {
		if c.Org != nil {
			if err := t.saveOrg(*c.Org); err != nil {
				return err
			}
		}
		if c.Account != nil {
			if err := t.saveAccount(*c.Account); err != nil {
				return err
			}
		}
		if c.Credential != nil {
			if err := t.saveCredential(*c.Credential); err != nil {
				return err
			}
		}
		if err := t.savePosts(c.Posts); err != nil {
			return err
		}
		if c.Channels != nil {
			if err := t.saveChannels(*c.Channels); err != nil {
				return err
			}
		}
		if c.Session != nil {
			if err := t.saveSession(*c.Session); err != nil {
				return err
			}
		}
		if c.Ending != nil {
			if err := t.endSessions(*c.Ending); err != nil {
				return err
			}
		}
		return t.forget(c.Forget)
	})
}

// versioned adds a row of version 0 as version 1, and updates any other.
func (t *tx) versioned(table string, version *int, row any) error {
	if *version > 0 {
		return t.update(table, row)
	}
	*version = 1
	return t.insert(table, row)
}

func (t *tx) saveOrg(o account.Org) error {
	row := orgRow{o.ID, o.Version, o.Name, o.Kind, o.Place, at(o.Closed)}
	return t.versioned("organisation", &row.Version, &row)
}

func (t *tx) saveAccount(a account.Account) error {
	row := accountRow{a.ID, a.Version, a.Org, a.Name, a.Shown, a.Lang, at(a.Made), at(a.Closed)}
	if err := t.versioned("account", &row.Version, &row); err != nil || a.Open() {
		return err
	}
	return t.endSessions(account.Ending{Account: a.ID, At: a.Closed})
}

func (t *tx) saveCredential(c account.Credential) error {
	row := credentialRow{Account: c.Account, Version: c.Version, Subject: c.Subject, Password: c.Password,
		Expires: at(c.Expires), Change: c.Change, Enrolled: c.Enrolled, Step: c.Step, Salt: c.Salt,
		Codes: inJSON(c.Codes), Conduct: c.Conduct, ResetBy: c.ResetBy, ResetAt: at(c.ResetAt)}
	if !c.Secret.IsZero() || !c.Pending.IsZero() {
		seal := t.sealing(account.House(), c.Subject, "credential", c.Account.UUID)
		row.Secret, row.Pending = seal.seal("secret", c.Secret), seal.seal("pending", c.Pending)
		if seal.err != nil {
			return seal.err
		}
	}
	return t.versioned("credential", &row.Version, &row)
}

func (t *tx) savePosts(all []account.Holding) error {
	for _, h := range all {
		p := h.Post
		row := postRow{p.ID, h.Account, string(p.Role), p.Org, p.Place, at(p.From), at(p.Until)}
		var err error
		if h.New {
			err = t.insert("post", row)
		} else {
			err = t.update("post", row)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) saveChannels(c account.Channels) error {
	if _, err := t.change(`DELETE FROM account_channel WHERE account = ?`, c.Account); err != nil {
		return err
	}
	for n, one := range c.All {
		seal := t.sealing(c.Org, c.Account.UUID, "account_channel", one.ID)
		row := channelRow{one.ID, c.Account, n, one.Kind, seal.seal("address", one.Address)}
		if seal.err != nil {
			return seal.err
		}
		if err := t.insert("account_channel", row); err != nil {
			return err
		}
	}
	return nil
}

// Channels reads where somebody is alerted, still sealed (account.Store).
func (s *Store) Channels(ctx context.Context, id ids.Account, e audit.Entry) ([]account.Channel, error) {
	var all []account.Channel
	err := s.read(ctx, e, func(t *tx) error {
		all = nil
		var rows []channelRow
		err := t.list(&rows, `SELECT id, account, n, kind, address FROM account_channel WHERE account = ? ORDER BY n, id`, id)
		if err != nil || len(rows) == 0 {
			return err
		}
		u, err := t.unsealing(id.UUID, "account_channel", id.UUID)
		if err != nil {
			return err
		}
		for _, r := range rows {
			all = append(all, account.Channel{ID: r.ID, Kind: r.Kind, Address: u.at("account_channel", r.ID).text("address", r.Address)})
		}
		return nil
	})
	return all, err
}

// Org reads one organisation (account.Store).
func (s *Store) Org(ctx context.Context, id ids.Org) (account.Org, error) {
	var row orgRow
	err := s.glance(ctx, func(t *tx) error {
		row = orgRow{}
		return t.get(&row, `SELECT `+orgColumns+` FROM organisation WHERE id = ?`, id)
	})
	return row.org(), err
}

// Orgs lists the open organisations (account.Store).
func (s *Store) Orgs(ctx context.Context, after account.Cursor, limit int) ([]account.Org, error) {
	var rows []orgRow
	err := s.glance(ctx, func(t *tx) error {
		rows = nil
		return t.list(&rows, `SELECT `+orgColumns+` FROM organisation WHERE closed IS NULL AND (name, id) > (?, ?)
			ORDER BY name, id LIMIT ?`, after.Name, after.ID.String(), limit)
	})
	all := make([]account.Org, len(rows))
	for i, r := range rows {
		all[i] = r.org()
	}
	return all, err
}

// Accounts lists the accounts a scope admits (account.Store).
func (s *Store) Accounts(ctx context.Context, scope access.Scope, after account.Cursor, limit int) ([]account.Account, error) {
	where, args := "", []any{after.Name, after.ID.String()}
	switch {
	case scope.Orgless:
	case scope.Reach.Has(access.ReachOrg) && !scope.Org.IsZero():
		where, args = " AND org = ?", append(args, scope.Org)
	default:
		return nil, nil
	}
	var rows []accountRow
	err := s.glance(ctx, func(t *tx) error {
		rows = nil
		return t.list(&rows, `SELECT `+accountColumns+` FROM account WHERE (name, id) > (?, ?)`+where+` ORDER BY name, id LIMIT ?`,
			append(args, limit)...)
	})
	all := make([]account.Account, len(rows))
	for i, r := range rows {
		all[i] = r.account()
	}
	return all, err
}

// Anybody says whether there is any account (account.Store).
func (s *Store) Anybody(ctx context.Context) (found bool, err error) {
	err = s.glance(ctx, func(t *tx) error {
		found, err = t.exists(`SELECT 1 AS one FROM account`)
		return err
	})
	return found, err
}
