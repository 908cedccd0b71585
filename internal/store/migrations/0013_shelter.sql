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
CREATE INDEX stay_service ON stay (service, state, unit);
CREATE INDEX stay_provider ON stay (provider, state, service, unit, from_day, id);

-- Places of a shelter by unit, where it says them.
ALTER TABLE service ADD COLUMN units ${JSON};

-- What she says of those who help. The words, what was done and what she was told are
-- sealed under a key of their own; her case is there only if she lets her name be told.
CREATE TABLE complaint (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    owner_org  TEXT,
    from_org   TEXT    NOT NULL,
    keeper_org TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    ended      ${BOOL} NOT NULL,
    kind       TEXT    NOT NULL,
    said_by    TEXT    NOT NULL,
    named      TEXT    NOT NULL,
    about_case TEXT,
    code       TEXT,
    against    TEXT    NOT NULL,
    worker     TEXT,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    due        TEXT    NOT NULL,
    looked_by  TEXT,
    looked_at  TEXT,
    end_reason TEXT    NOT NULL,
    ended_by   TEXT,
    ended_at   TEXT,
    words      ${BLOB},
    done       ${BLOB},
    told       ${BLOB}
) ${STRICT};
CREATE INDEX complaint_owner ON complaint (owner_org, ended, due, id);
CREATE INDEX complaint_about ON complaint (about_case) WHERE about_case IS NOT NULL;
CREATE INDEX complaint_by ON complaint (by_account, ended, due, id);
