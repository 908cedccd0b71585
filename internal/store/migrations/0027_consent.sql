-- +goose Up

-- Who said yes for a child: somebody who stands by her, asked whether she or he
-- had a part in what happened (PROCESS.md §2.5, §2.9.2). What bears on how a person
-- understands is sealed; the ethics reference of research names a committee.
ALTER TABLE consent ADD COLUMN guardian TEXT;
ALTER TABLE consent ADD COLUMN capacity ${BLOB};
ALTER TABLE consent ADD COLUMN ethics TEXT;
ALTER TABLE erasure ADD COLUMN guardian TEXT;
ALTER TABLE erasure ADD COLUMN carer_away TEXT;

-- A yes that has an end, for the clock that says so.
CREATE INDEX consent_ends ON consent (expires, id) WHERE state = 'GIVEN' AND expires IS NOT NULL;

-- When her consent was taken back while the receiver helped her, and why the
-- packet stays there, where a law says so.
ALTER TABLE referral ADD COLUMN unshared_at TEXT;
ALTER TABLE referral ADD COLUMN kept TEXT;
