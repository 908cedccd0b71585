-- +goose Up

-- What an authority or an organisation decided on a status (PROCESS.md §2.4): on which
-- day, under which law, in which document, by its reference. Law and document are sealed
-- under the key of the person; legal_basis stays empty. review is the review it answers.
ALTER TABLE identification ADD COLUMN decided_day TEXT;
ALTER TABLE identification ADD COLUMN law ${BLOB};
ALTER TABLE identification ADD COLUMN document ${BLOB};
ALTER TABLE identification ADD COLUMN review TEXT;

-- A request to look again at what was decided against her, and what was answered
-- (PROCESS.md §2.3 A6, §2.4). At most one waits for each case; the words are sealed.
CREATE TABLE review (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    asker      TEXT    NOT NULL,
    why        ${BLOB},
    outcome    TEXT    NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    words      ${BLOB}
) ${STRICT};
CREATE INDEX review_case ON review (case_id, at, id);
CREATE UNIQUE INDEX review_open ON review (case_id) WHERE state = 'ASKED';

-- That she was told what was decided, and that she has a right to a review, in a
-- language that she speaks (A6). A row is never changed, and holds no word of hers.
CREATE TABLE explanation (
    id          TEXT PRIMARY KEY,
    case_id     TEXT NOT NULL,
    owner_org   TEXT NOT NULL,
    by_account  TEXT NOT NULL,
    at          TEXT NOT NULL,
    told        TEXT NOT NULL,
    language    TEXT NOT NULL,
    interpreter TEXT NOT NULL
) ${STRICT};
CREATE INDEX explanation_case ON explanation (case_id, at, id);
