-- +goose Up

-- Two files of one organisation that may be of one person, and what was decided:
-- a pair is asked about once. It holds two names of records, and no word of anybody.
CREATE TABLE likeness (
    id           TEXT    PRIMARY KEY,
    version      INTEGER NOT NULL,
    owner_org    TEXT    NOT NULL,
    first_case   TEXT    NOT NULL,
    second_case  TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    unsure       ${BOOL} NOT NULL, -- somebody looked, and could not say
    by_account   TEXT, -- nobody, where the program saves what many did
    at           TEXT    NOT NULL,
    decided_by   TEXT,
    decided_at   TEXT,
    kept_case    TEXT,             -- the file that goes on
    until_at     TEXT,             -- until when it can be undone
    was          ${JSON} NOT NULL, -- how the two stood before, in codes
    carried      ${JSON} NOT NULL  -- which records went over, by table
) ${STRICT};
CREATE UNIQUE INDEX likeness_pair ON likeness (first_case, second_case);
CREATE INDEX likeness_second ON likeness (second_case, id);
CREATE INDEX likeness_owner ON likeness (owner_org, state, at, id);

-- Where a file went that was joined to another.
ALTER TABLE protection_case ADD COLUMN joined TEXT;
CREATE INDEX protection_case_joined ON protection_case (joined) WHERE joined IS NOT NULL;
