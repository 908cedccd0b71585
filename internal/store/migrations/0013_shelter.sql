-- +goose Up

-- Where somebody lives in a shelter, one line from a day to a day. A line is ended
-- once and never changed: who moves has another line (PROCESS.md §2.9 6).
CREATE TABLE stay (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    code       TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    referral   TEXT    NOT NULL,
    service    TEXT    NOT NULL,
    provider   TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    child      ${BOOL} NOT NULL,
    stays_with TEXT    NOT NULL,
    why        TEXT    NOT NULL,
    from_day   TEXT    NOT NULL,
    until_day  TEXT,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    end_reason TEXT    NOT NULL,
    ended_by   TEXT,
    ended_at   TEXT
) ${STRICT};
CREATE INDEX stay_case ON stay (case_id, from_day, id);
CREATE UNIQUE INDEX stay_open ON stay (case_id) WHERE state = 'OPEN';
CREATE INDEX stay_service ON stay (service, unit) WHERE state = 'OPEN';
CREATE INDEX stay_provider ON stay (provider, service, unit, from_day, id) WHERE state = 'OPEN';

-- Places of a shelter by unit, where it says them.
ALTER TABLE service ADD COLUMN units ${JSON};
