-- +goose Up

-- Who stands by a child (PROCESS.md §2.9.2). Names are sealed under the key of
-- the child.
CREATE TABLE guardian (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    relation   TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    from_at    TEXT    NOT NULL,
    agreed     TEXT    NOT NULL,
    authority  TEXT    NOT NULL,
    act        ${BLOB},
    name       ${BLOB},
    phone      ${BLOB},
    why        ${BLOB},
    until_at   TEXT,
    end_reason TEXT    NOT NULL
) ${STRICT};
CREATE INDEX guardian_case ON guardian (case_id, from_at, id);

-- The recovery and reflection period of a case (PROCESS.md §2.6): one each, named
-- by the case, and no word of hers.
CREATE TABLE reflection (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    owner_org  TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    offered    TEXT,
    from_at    TEXT,
    until_at   TEXT,
    sheltered  TEXT    NOT NULL,
    why        TEXT    NOT NULL
) ${STRICT};

-- What must be done by when (PROCESS.md §2.11), with what a list shows of the case
-- and its team. A row goes when it is done or the case is over.
CREATE TABLE task (
    id        TEXT    PRIMARY KEY,
    case_id   TEXT    NOT NULL,
    code      TEXT    NOT NULL,
    level     TEXT    NOT NULL,
    owner_org TEXT    NOT NULL,
    screener  TEXT,
    manager   TEXT,
    child     ${BOOL} NOT NULL,
    deadline  TEXT    NOT NULL,
    since     TEXT    NOT NULL,
    due       TEXT    NOT NULL
) ${STRICT};
CREATE UNIQUE INDEX task_case ON task (case_id, deadline);
CREATE INDEX task_owner ON task (owner_org, due, id);
CREATE INDEX task_screener ON task (screener, owner_org, due, id);
CREATE INDEX task_manager ON task (manager, owner_org, due, id);
