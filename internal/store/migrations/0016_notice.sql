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
