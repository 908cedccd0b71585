-- Who may come in: organisations, accounts, posts, how each account proves itself, sessions, and what was typed.

-- +goose Up

CREATE TABLE organisation (
    id      TEXT    PRIMARY KEY,
    version INTEGER NOT NULL,
    name    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    place   TEXT    NOT NULL,
    closed  TEXT
) ${STRICT};
CREATE INDEX organisation_name ON organisation (name, id);

CREATE TABLE account (
    id      TEXT    PRIMARY KEY,
    version INTEGER NOT NULL,
    org     TEXT    NOT NULL REFERENCES organisation (id),
    name    TEXT    NOT NULL UNIQUE,
    shown   TEXT    NOT NULL,
    lang    TEXT    NOT NULL,
    made    TEXT    NOT NULL,
    closed  TEXT
) ${STRICT};
CREATE INDEX account_org ON account (org, name, id);

-- Apart from account, so that signing in does not make an editor's form stale.
-- secret and pending are sealed under the key of subject, which the house holds.
CREATE TABLE credential (
    account   TEXT    PRIMARY KEY REFERENCES account (id),
    version   INTEGER NOT NULL,
    subject   TEXT    NOT NULL,
    password  TEXT    NOT NULL,
    expires   TEXT,
    must_change ${BOOL} NOT NULL,
    enrolled  ${BOOL} NOT NULL,
    secret    ${BLOB},
    pending   ${BLOB},
    step      ${INT}  NOT NULL,
    salt      ${BLOB},
    codes     ${JSON} NOT NULL,
    conduct   TEXT    NOT NULL,
    reset_by  TEXT,
    reset_at  TEXT
) ${STRICT};

CREATE TABLE post (
    id       TEXT PRIMARY KEY,
    account  TEXT NOT NULL REFERENCES account (id),
    role     TEXT NOT NULL,
    org      TEXT NOT NULL REFERENCES organisation (id),
    place    TEXT NOT NULL,
    from_at  TEXT NOT NULL,
    until_at TEXT
) ${STRICT};
CREATE INDEX post_account ON post (account, from_at, id);
CREATE INDEX post_org ON post (org, account);
CREATE INDEX post_role ON post (role, org, account);

-- Where alerts reach somebody; the address is sealed under the account.
CREATE TABLE account_channel (
    id      TEXT    PRIMARY KEY,
    account TEXT    NOT NULL REFERENCES account (id),
    n       INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    address ${BLOB} NOT NULL
) ${STRICT};
CREATE INDEX account_channel_account ON account_channel (account, n, id);

-- token is the hash of what the browser keeps.
CREATE TABLE session (
    id       TEXT    PRIMARY KEY,
    version  INTEGER NOT NULL,
    account  TEXT    NOT NULL REFERENCES account (id),
    token    TEXT    NOT NULL UNIQUE,
    device   TEXT    NOT NULL,
    second   ${BOOL} NOT NULL,
    skipped  ${BOOL} NOT NULL,
    locked   ${BOOL} NOT NULL,
    renew    ${BOOL} NOT NULL,
    post     TEXT,
    made     TEXT    NOT NULL,
    until_at TEXT    NOT NULL,
    ended    TEXT
) ${STRICT};
CREATE INDEX session_account ON session (account, made, id);
CREATE INDEX session_until ON session (until_at, id);

-- When a session was last used. Apart from session, because it is written without an entry.
CREATE TABLE session_seen (
    session TEXT PRIMARY KEY,
    seen    TEXT NOT NULL
) ${KEYED};

-- What was tried at a name, a second factor, an address; door is a keyed hash.
CREATE TABLE attempt (
    door     TEXT    PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at  TEXT,
    until_at TEXT
) ${KEYED};
CREATE INDEX attempt_last ON attempt (last_at, door);

-- What was typed and not sent; content is sealed under the account.
CREATE TABLE draft (
    id       TEXT    PRIMARY KEY,
    account  TEXT    NOT NULL REFERENCES account (id),
    form     TEXT    NOT NULL,
    content  ${BLOB} NOT NULL,
    saved    TEXT    NOT NULL,
    until_at TEXT    NOT NULL,
    UNIQUE (account, form)
) ${STRICT};
CREATE INDEX draft_until ON draft (until_at, id);
