-- +goose Up

-- What a panel decided of a child's best interests (PROCESS.md §2.9 4): the
-- decision and the day it looks again are plain, who sat and what was said is
-- sealed under the key of the child.
ALTER TABLE interests ADD COLUMN decision TEXT;
ALTER TABLE interests ADD COLUMN review TEXT;
ALTER TABLE interests ADD COLUMN sitting ${BLOB};
ALTER TABLE interests ADD COLUMN options ${BLOB};
ALTER TABLE interests ADD COLUMN dissent ${BLOB};
