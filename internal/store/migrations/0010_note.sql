-- +goose Up

-- Quick notes on a case: the words sealed as they were written, and what is put in
-- order later beside them (PROCESS.md §2.12).
CREATE TABLE jotting (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    words      ${BLOB},
    safe       TEXT    NOT NULL,
    next_step  TEXT    NOT NULL,
    consent    TEXT    NOT NULL,
    topics     ${JSON} NOT NULL,
    told_to    TEXT    NOT NULL,
    told_on    TEXT,
    sorted_by  TEXT,
    sorted_at  TEXT
) ${STRICT};
CREATE INDEX jotting_case ON jotting (case_id, at, id);

-- Why somebody was heard once more.
ALTER TABLE screening ADD COLUMN again TEXT;

-- Notes for their author and those it names (zone Z4, PROCESS.md §11.3).
CREATE TABLE sealed_note (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    words      ${BLOB},
    readers    ${JSON} NOT NULL
) ${STRICT};

-- Who reads them, one line each: what decisions and lists are narrowed by.
CREATE TABLE sealed_reader (
    account   TEXT NOT NULL,
    note      TEXT NOT NULL,
    owner_org TEXT NOT NULL,
    case_id   TEXT NOT NULL,
    at        TEXT NOT NULL,
    PRIMARY KEY (note, account)
) ${STRICT};
CREATE INDEX sealed_reader_account ON sealed_reader (account, at, note);
CREATE INDEX sealed_reader_case ON sealed_reader (account, case_id, at, note);

-- Files that go with a case or a sealed note. A row is never changed. What the file
-- holds stands apart, sealed; its digest is in the row, and so in the log.
CREATE TABLE attachment (
    id         TEXT PRIMARY KEY,
    case_id    TEXT NOT NULL,
    note       TEXT,
    owner_org  TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at         TEXT NOT NULL,
    kind       TEXT NOT NULL,
    type       TEXT NOT NULL,
    size       ${INT} NOT NULL,
    digest     TEXT NOT NULL,
    name       ${BLOB}
) ${STRICT};
CREATE INDEX attachment_case ON attachment (case_id, at, id);
CREATE INDEX attachment_note ON attachment (note, at, id);

CREATE TABLE attachment_body (
    id      TEXT    PRIMARY KEY,
    content ${BLOB} NOT NULL
) ${STRICT};
