-- +goose Up

-- One contact with her after services, or one attempt (PROCESS.md §2.10). What she
-- says, scores included, is sealed under the key of the person. A row is never changed.
CREATE TABLE visit (
    id         TEXT PRIMARY KEY,
    case_id    TEXT NOT NULL,
    owner_org  TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at         TEXT NOT NULL,
    moment     TEXT NOT NULL,
    day        TEXT NOT NULL,
    mode       TEXT NOT NULL,
    result     TEXT NOT NULL,
    next_day   TEXT,
    body       ${BLOB},
    words      ${BLOB}
) ${STRICT};
CREATE INDEX visit_case ON visit (case_id, day, at, id);

-- Why a case is to be closed, and who signed (PROCESS.md §2.3 A13): one each, named
-- by the case. The words are sealed.
CREATE TABLE closure (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    owner_org   TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    checks      ${JSON} NOT NULL,
    why         ${BLOB},
    answered_by TEXT,
    answered_at TEXT,
    remarks     ${BLOB}
) ${STRICT};

-- A return that she decides on, with its parties (PROCESS.md §2.10): one each, named
-- by the case. All of it but who receives her is sealed.
CREATE TABLE homecoming (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    owner_org  TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    receiving  TEXT,
    body       ${BLOB},
    texts      ${JSON} NOT NULL
) ${STRICT};

-- What she was helped to start, and how long it lived (PROCESS.md §2.8 IGA). Amounts
-- are in the smallest unit of their currency. It holds no word of hers.
CREATE TABLE business (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    from_day   TEXT    NOT NULL,
    cost_units ${INT}  NOT NULL,
    currency   TEXT    NOT NULL,
    funders    ${JSON} NOT NULL,
    until_day  TEXT,
    end_reason TEXT    NOT NULL
) ${STRICT};
CREATE INDEX business_case ON business (case_id, from_day, id);

-- The episode before this one, when she was trafficked again (PROCESS.md §2.3 A17).
ALTER TABLE protection_case ADD COLUMN prior TEXT;
