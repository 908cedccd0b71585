-- +goose Up

-- What was asked of a consent and could not be kept: who witnessed it (sealed
-- under the key of the person), and whether the one who is said to have approved
-- acting without it says so too. Whether somebody is an adult is asked before her
-- first consent, whether or not an age is known (PROCESS.md §2.5, §2.9.1). The
-- hour on a paper form may be unknown.
ALTER TABLE consent ADD COLUMN witness ${BLOB};
ALTER TABLE consent ADD COLUMN approval TEXT;
ALTER TABLE consent ADD COLUMN approval_at TEXT;
ALTER TABLE protection_case ADD COLUMN adult TEXT;
ALTER TABLE signal ADD COLUMN raised_hour TEXT;
