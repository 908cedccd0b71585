-- +goose Up

-- What she needs, what led here and what threatens her, at one moment
-- (PROCESS.md §2.8). A row is never changed. What was found is sealed under the
-- key of the person; only how dangerous it is, and until when that holds, is not.
CREATE TABLE assessment (
    id         TEXT    PRIMARY KEY,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    moment     TEXT    NOT NULL,
    level      TEXT    NOT NULL,
    next_at    TEXT,
    found      ${BLOB},
    own        ${BLOB},
    why        ${BLOB},
    plan       ${JSON} NOT NULL
) ${STRICT};
CREATE INDEX assessment_case ON assessment (case_id, at, id);
