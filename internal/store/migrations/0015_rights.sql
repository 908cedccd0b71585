-- +goose Up

-- A file, or a signal that led to none, that is to be erased, and who agreed
-- (PROCESS.md §11.2 8, §11.4): codes and days, no word of hers.
CREATE TABLE erasure (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    case_id     TEXT,
    signal      TEXT,
    code        TEXT    NOT NULL,
    owner_org   TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    open        INTEGER NOT NULL,
    ground      TEXT    NOT NULL,
    rule        TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    given_by    TEXT    NOT NULL,
    told        ${JSON} NOT NULL,
    by_account  TEXT,
    at          TEXT    NOT NULL,
    why         TEXT    NOT NULL,
    answered_by TEXT,
    answered_at TEXT
) ${STRICT};
CREATE INDEX erasure_case ON erasure (case_id);
CREATE INDEX erasure_signal ON erasure (signal);
CREATE INDEX erasure_all ON erasure (open, at, id);
CREATE INDEX erasure_owner ON erasure (owner_org, open, at, id);
CREATE INDEX erasure_by ON erasure (by_account, open, at, id);

-- Why a file may not be erased yet.
CREATE TABLE legal_hold (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    why        TEXT    NOT NULL,
    until_at   TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    lifted_by  TEXT,
    lifted_at  TEXT
) ${STRICT};
CREATE INDEX legal_hold_case ON legal_hold (case_id, at, id);

-- A case that somebody without a right to it asks to read for an hour (PROCESS.md
-- §5): two persons, codes and hours, no word of hers.
CREATE TABLE glass (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    code        TEXT    NOT NULL,
    case_id     TEXT,
    owner_org   TEXT,
    org         TEXT    NOT NULL,
    role        TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    open        INTEGER NOT NULL,
    reason      TEXT    NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    until_at    TEXT,
    answered_by TEXT,
    answered_at TEXT,
    ended_by    TEXT,
    ended_at    TEXT
) ${STRICT};
CREATE INDEX glass_case ON glass (case_id, state, until_at);
CREATE INDEX glass_all ON glass (open, at, id);
CREATE INDEX glass_owner ON glass (owner_org, open, at, id);
CREATE INDEX glass_by ON glass (by_account, at, id);
CREATE INDEX protection_case_coded ON protection_case (code, id);
