-- +goose Up

-- Criminal files (zone Z5, machine F). What is said in words and every name is sealed
-- under the key of the file, which the unit that opened it wraps.
CREATE TABLE criminal_file (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    code       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    since_day  TEXT    NOT NULL,
    source     TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    court_1    TEXT    NOT NULL,
    court_2    TEXT    NOT NULL,
    court_3    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    office_org TEXT,
    bench_1    TEXT,
    bench_2    TEXT,
    bench_3    TEXT,
    level      INTEGER NOT NULL,
    on_day     TEXT    NOT NULL,
    place      TEXT    NOT NULL,
    place_written ${BLOB},
    province   TEXT    NOT NULL,
    commune    TEXT    NOT NULL,
    zone       TEXT    NOT NULL,
    words      ${BLOB},
    reason     TEXT    NOT NULL,
    first_on   TEXT,
    book       TEXT    NOT NULL,
    number     TEXT    NOT NULL,
    child      ${BOOL} NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    changed    TEXT    NOT NULL,
    weight     INTEGER NOT NULL
) ${STRICT};
CREATE INDEX criminal_file_owner ON criminal_file (owner_org, weight, changed, id);
CREATE INDEX criminal_file_office ON criminal_file (office_org, weight, changed, id);
CREATE INDEX criminal_file_bench_1 ON criminal_file (bench_1, weight, changed, id);
CREATE INDEX criminal_file_bench_2 ON criminal_file (bench_2, weight, changed, id);
CREATE INDEX criminal_file_bench_3 ON criminal_file (bench_3, weight, changed, id);

-- The numbers of a file, one a register: as written and as they are compared.
CREATE TABLE file_number (
    file     TEXT NOT NULL,
    register TEXT NOT NULL,
    office   TEXT NOT NULL,
    plain    TEXT NOT NULL,
    written  TEXT NOT NULL,
    PRIMARY KEY (file, register)
) ${STRICT};
CREATE UNIQUE INDEX file_number_office ON file_number (register, plain, office);

-- How a file came where it is: lines are added and never changed.
CREATE TABLE file_stage (
    file       TEXT    NOT NULL,
    n          INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    on_day     TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    by_org     TEXT    NOT NULL,
    number     TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    who        TEXT    NOT NULL,
    level      INTEGER NOT NULL,
    PRIMARY KEY (file, n)
) ${STRICT};

-- Whom a file is about: presumed innocent.
CREATE TABLE suspect (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    file       TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    n          INTEGER NOT NULL,
    company    ${BOOL} NOT NULL,
    state      TEXT    NOT NULL,
    since_day  TEXT    NOT NULL,
    name       ${BLOB},
    aliases    ${BLOB},
    phone      ${BLOB},
    role       TEXT    NOT NULL,
    relation   TEXT    NOT NULL,
    official   TEXT    NOT NULL,
    service    TEXT    NOT NULL,
    sex        TEXT    NOT NULL,
    band       TEXT    NOT NULL,
    citizen    TEXT    NOT NULL,
    path       TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL
) ${STRICT};
CREATE INDEX suspect_file ON suspect (file, n, id);

CREATE TABLE charge (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    file       TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    suspect    TEXT    NOT NULL,
    initial    TEXT    NOT NULL,
    present    TEXT    NOT NULL,
    final      TEXT    NOT NULL,
    on_day     TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    changes    ${JSON} NOT NULL
) ${STRICT};
CREATE INDEX charge_file ON charge (file, at, id);

CREATE TABLE custody (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    file        TEXT    NOT NULL,
    owner_org   TEXT    NOT NULL,
    suspect     TEXT    NOT NULL,
    from_at     TEXT    NOT NULL,
    extended    ${BOOL} NOT NULL,
    extended_by TEXT,
    extended_at TEXT,
    due         TEXT    NOT NULL,
    until_at    TEXT,
    end_reason  TEXT    NOT NULL,
    over        TEXT    NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL
) ${STRICT};
CREATE INDEX custody_file ON custody (file, from_at, id);

CREATE TABLE file_act (
    id         TEXT PRIMARY KEY,
    file       TEXT NOT NULL,
    owner_org  TEXT NOT NULL,
    kind       TEXT NOT NULL,
    on_day     TEXT NOT NULL,
    words      ${BLOB},
    by_account TEXT NOT NULL,
    at         TEXT NOT NULL
) ${STRICT};
CREATE INDEX file_act_file ON file_act (file, on_day, id);

CREATE TABLE hearing (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    file       TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    level      INTEGER NOT NULL,
    on_day     TEXT    NOT NULL,
    closed     ${BOOL} NOT NULL,
    state      TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    harmed     TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    held_by    TEXT,
    held_at    TEXT
) ${STRICT};
CREATE INDEX hearing_file ON hearing (file, on_day, id);

-- What a court decided of one charge, in one round.
CREATE TABLE judgment (
    id          TEXT    PRIMARY KEY,
    file        TEXT    NOT NULL,
    charge      TEXT    NOT NULL,
    suspect     TEXT    NOT NULL,
    level       INTEGER NOT NULL,
    round       INTEGER NOT NULL,
    on_day      TEXT    NOT NULL,
    verdict     TEXT    NOT NULL,
    effect      TEXT    NOT NULL,
    offence     TEXT    NOT NULL,
    life        ${BOOL} NOT NULL,
    months      INTEGER NOT NULL,
    suspended   INTEGER NOT NULL,
    fine        ${INT} NOT NULL,
    damages     ${INT} NOT NULL,
    confiscated ${BOOL} NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL
) ${STRICT};
CREATE INDEX judgment_file ON judgment (file, round, at, id);
CREATE UNIQUE INDEX judgment_round ON judgment (charge, round);
