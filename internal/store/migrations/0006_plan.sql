-- +goose Up

-- The plan of assistance of a case (PROCESS.md §2.2, §2.3 A8). What she wants,
-- the steps and every word are sealed under the key of the person; who wrote it,
-- where it stands, how she agreed and what is due next are not.
CREATE TABLE plan (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    case_id     TEXT    NOT NULL,
    owner_org   TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    track       TEXT    NOT NULL,
    agreed      ${JSON} NOT NULL,
    answered_by TEXT,
    answered_at TEXT,
    review      TEXT,
    next_what   TEXT    NOT NULL,
    next_at     TEXT,
    answer_by   TEXT,
    body        ${BLOB},
    texts       ${JSON} NOT NULL
) ${STRICT};
CREATE UNIQUE INDEX plan_case ON plan (case_id);

-- What lists of plans are narrowed and ordered by, with the team of the case: one
-- line for who works on it, one for the second person.
CREATE TABLE plan_queue (
    id         TEXT    NOT NULL,
    waits      INTEGER NOT NULL, -- 1 for who works on it, 2 for a second person
    case_id    TEXT    NOT NULL,
    code       TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    screener   TEXT,
    manager    TEXT,
    child      ${BOOL} NOT NULL,
    level      TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    track      TEXT    NOT NULL,
    what       TEXT    NOT NULL,
    due_at     TEXT    NOT NULL,
    PRIMARY KEY (id, waits)
) ${STRICT};
CREATE INDEX plan_queue_case ON plan_queue (case_id);
CREATE INDEX plan_queue_org ON plan_queue (owner_org, waits, due_at, id);
CREATE INDEX plan_queue_by ON plan_queue (by_account, owner_org, waits, due_at, id);
CREATE INDEX plan_queue_screener ON plan_queue (screener, owner_org, waits, due_at, id);
CREATE INDEX plan_queue_manager ON plan_queue (manager, owner_org, waits, due_at, id);

-- The best interests of a child, weighed before a decision (PROCESS.md §2.9). A row is never changed.
CREATE TABLE interests (
    id         TEXT    PRIMARY KEY,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    about      TEXT    NOT NULL,
    taking     ${BLOB},
    views      ${BLOB},
    pro        ${BLOB},
    risks      ${BLOB},
    result     ${BLOB}
) ${STRICT};
CREATE INDEX interests_case ON interests (case_id, at, id);

-- One service that she receives (PROCESS.md §2.8). Amounts are in the smallest
-- unit of their currency; what she says of it in words is sealed.
CREATE TABLE episode (
    id           TEXT    PRIMARY KEY,
    version      INTEGER NOT NULL,
    case_id      TEXT    NOT NULL,
    owner_org    TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    by_account   TEXT    NOT NULL,
    at           TEXT    NOT NULL,
    need         TEXT    NOT NULL,
    service      TEXT    NOT NULL,
    provider     TEXT    NOT NULL,
    deliverer    TEXT    NOT NULL,
    delivered_by TEXT    NOT NULL,
    funders      ${JSON} NOT NULL,
    formal_id    ${BOOL} NOT NULL,
    referral     TEXT,
    track        TEXT    NOT NULL,
    from_day     TEXT    NOT NULL,
    until_day    TEXT,
    cost_units   ${INT} NOT NULL,
    currency     TEXT    NOT NULL,
    pauses       ${JSON} NOT NULL,
    outcome      TEXT    NOT NULL,
    satisfaction INTEGER NOT NULL,
    remark       ${BLOB}
) ${STRICT};
CREATE INDEX episode_case ON episode (case_id, from_day, id);

-- Whether she came on one day. A row is never changed: the last word about a day counts.
CREATE TABLE attendance (
    id         TEXT PRIMARY KEY,
    episode    TEXT NOT NULL,
    day        TEXT NOT NULL,
    came       TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at         TEXT NOT NULL
) ${STRICT};
CREATE INDEX attendance_episode ON attendance (episode, day, at, id);

-- One look at a service against its minimum standards: codes only. A row is never changed.
CREATE TABLE inspection (
    id         TEXT PRIMARY KEY,
    service    TEXT NOT NULL,
    org        TEXT NOT NULL,
    day        TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at         TEXT NOT NULL,
    met        ${JSON} NOT NULL,
    right_by   TEXT
) ${STRICT};
CREATE INDEX inspection_service ON inspection (service, day, at, id);
