-- +goose Up

-- A case in which a contact would endanger her (PROCESS.md §2.3 A16): where it stood,
-- why, and the clocks that are held back until a supervisor lifts it. Codes and
-- moments only.
ALTER TABLE protection_case ADD COLUMN halted_from TEXT;
ALTER TABLE protection_case ADD COLUMN halted_why TEXT;
ALTER TABLE protection_case ADD COLUMN held ${JSON};

-- Of which child no guardian was named for too long: the program's clock reads along
-- these alone (PROCESS.md §2.9 2).
CREATE INDEX task_guardian ON task (since, id) WHERE deadline = 'guardian.target';
