-- +goose Up

-- A file that is attached has a key of its own, so that a wrong one can be destroyed
-- alone: under which subject's key it is sealed (the person's, where it is none), when
-- it was taken out, by whom and why, by code.
ALTER TABLE attachment ADD COLUMN subject TEXT;
ALTER TABLE attachment ADD COLUMN removed_at TEXT;
ALTER TABLE attachment ADD COLUMN removed_by TEXT;
ALTER TABLE attachment ADD COLUMN removed_why TEXT;
