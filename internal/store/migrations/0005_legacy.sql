-- Historic lists (issue 3, item 16): what a country or an organisation counted
-- before this program. The coded columns of a record hold no name and serve
-- figures; the row as it was given, when it says something about a person, is
-- sealed under a key of the record's own. "counted" is how many people the
-- record adds to a count: 0 when it repeats somebody. A list is there when it is DONE.

-- +goose Up

CREATE TABLE legacy_list (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    owner_org  TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    mark       ${BLOB} NOT NULL,
    by_account TEXT,
    begun_at   TEXT    NOT NULL,
    done_at    TEXT,
    loaded     INTEGER NOT NULL,
    people     INTEGER NOT NULL,
    repeats    INTEGER NOT NULL,
    layout     ${BLOB}
) ${STRICT};
CREATE UNIQUE INDEX legacy_list_mark ON legacy_list (owner_org, mark);
CREATE INDEX legacy_list_begun ON legacy_list (owner_org, begun_at, id);

CREATE TABLE legacy_record (
    id             TEXT    PRIMARY KEY,
    list           TEXT    NOT NULL REFERENCES legacy_list (id),
    line           INTEGER NOT NULL,
    people         INTEGER NOT NULL,
    counted        INTEGER NOT NULL,
    event_when     TEXT,
    event_from     TEXT,
    event_until    TEXT,
    sex            TEXT    NOT NULL,
    age_band       TEXT    NOT NULL,
    nationality    TEXT    NOT NULL,
    forms          TEXT    NOT NULL,
    responder      TEXT    NOT NULL,
    responder_type TEXT    NOT NULL,
    status         TEXT    NOT NULL,
    place          TEXT    NOT NULL,
    place_written  ${BLOB},
    province       TEXT    NOT NULL,
    commune        TEXT    NOT NULL,
    zone           TEXT    NOT NULL,
    given          ${BLOB},
    same_as        TEXT
) ${STRICT};
CREATE UNIQUE INDEX legacy_record_line ON legacy_record (list, line);
