-- +goose Up

-- What somebody was alerted of, newest first, and until when it was seen. Nobody
-- is shown what was hushed before it was sent.
DROP INDEX alert_to;
CREATE INDEX alert_shown ON alert (to_account, at, id) WHERE state <> 'HUSHED';
CREATE TABLE alert_seen (
    account  TEXT PRIMARY KEY,
    until_at TEXT NOT NULL
) ${STRICT};

-- Since when somebody is on it, of an alert that had failed by then: it is not
-- tried again.
ALTER TABLE alert ADD COLUMN answered_at TEXT;

-- A historic list on its way in through the pages: the file and what its columns
-- mean, sealed under a key of its own, until it is loaded or discarded.
CREATE TABLE legacy_draft (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    owner_org  TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    until_at   TEXT    NOT NULL,
    size       INTEGER NOT NULL,
    mapping    ${BLOB} NOT NULL,
    content    ${BLOB} NOT NULL
) ${STRICT};
CREATE INDEX legacy_draft_by ON legacy_draft (by_account, at, id);
CREATE INDEX legacy_draft_until ON legacy_draft (until_at);
