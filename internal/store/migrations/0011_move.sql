-- +goose Up

-- Who stands in for somebody who is away, from when until when: colleagues and
-- days, nothing about anybody who is helped.
CREATE TABLE cover (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    org        TEXT    NOT NULL,
    away       TEXT    NOT NULL,
    cover      TEXT    NOT NULL,
    from_at    TEXT    NOT NULL,
    until_at   TEXT    NOT NULL,
    by_account TEXT    NOT NULL
) ${STRICT};
CREATE INDEX cover_away ON cover (away, until_at);
CREATE INDEX cover_cover ON cover (cover, until_at);
CREATE INDEX cover_org ON cover (org, until_at, id);

-- Somebody who works here asked for help, and who went.
CREATE TABLE backup (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    org         TEXT    NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    answered_by TEXT,
    answered_at TEXT
) ${STRICT};
CREATE INDEX backup_org ON backup (org, at, id);
CREATE INDEX backup_by ON backup (by_account, at, id);

-- A case offered to another organisation. It holds what the other side needs to
-- answer, and no word of hers.
CREATE TABLE transfer (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    case_id     TEXT    NOT NULL,
    code        TEXT    NOT NULL,
    owner_org   TEXT    NOT NULL,
    to_org      TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    level       TEXT    NOT NULL,
    child       ${BOOL} NOT NULL,
    language    TEXT    NOT NULL,
    consent     TEXT    NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    why         TEXT    NOT NULL,
    answered_by TEXT,
    answered_at TEXT
) ${STRICT};
CREATE INDEX transfer_case ON transfer (case_id, at, id);
CREATE INDEX transfer_owner ON transfer (owner_org, state, at, id);
CREATE INDEX transfer_to ON transfer (to_org, state, at, id);

-- Signals somebody has taken and live requests that he sent, for who hands on.
CREATE INDEX duty_account ON duty (account, until_at);
