-- +goose Up

-- Whether another organisation helps somebody too (issue 3, item 9): who asked, when and
-- why, in codes. What the coordinator gave stands here, and nothing before; a question
-- that found somebody and one that found nobody look the same.
CREATE TABLE inquiry (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    looked_at  TEXT,
    told_org   TEXT,
    told_who   TEXT,
    told_code  TEXT,
    told_at    TEXT
) ${STRICT};
CREATE INDEX inquiry_case ON inquiry (case_id, at, id);
CREATE INDEX inquiry_by ON inquiry (by_account, at, id);
CREATE INDEX inquiry_waits ON inquiry (at, id) WHERE looked_at IS NULL;

-- Two organisations that may speak with each other. It names the case of the side that
-- was found; the case of the side that asked stands in the question.
CREATE TABLE liaison (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    inquiry     TEXT    NOT NULL,
    reference   TEXT    NOT NULL,
    case_id     TEXT    NOT NULL,
    owner_org   TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    waits       INTEGER NOT NULL, -- 1 while somebody must act
    at          TEXT    NOT NULL,
    due         TEXT    NOT NULL,
    answered_by TEXT,
    answered_at TEXT,
    ended_by    TEXT,
    ended_at    TEXT
) ${STRICT};
CREATE INDEX liaison_case ON liaison (case_id, at, id);
CREATE INDEX liaison_inquiry ON liaison (inquiry);
CREATE INDEX liaison_all ON liaison (waits, due, id);
CREATE INDEX liaison_owner ON liaison (owner_org, waits, due, id);

-- Keyed national tokens (PROCESS.md §12.1) of those who agreed to it (P2), never a name.
-- They are there while the agreement holds and the case is open, and go with it.
CREATE TABLE pseudonym (
    token       ${BLOB} NOT NULL,
    case_id     TEXT    NOT NULL,
    key_version INTEGER NOT NULL,
    until_at    TEXT,
    PRIMARY KEY (token, case_id)
) ${KEYED};
CREATE INDEX pseudonym_case ON pseudonym (case_id);
CREATE INDEX pseudonym_until ON pseudonym (until_at) WHERE until_at IS NOT NULL;
