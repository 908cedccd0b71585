-- +goose Up

-- What the receiver of a request says of the service since she arrived (PROCESS.md
-- §2.7): days, interruptions, outcome, a short word back. A row is never changed. The
-- words are sealed under the key of the person, not under that of the packet.
CREATE TABLE progress (
    id         TEXT PRIMARY KEY,
    referral   TEXT NOT NULL,
    case_id    TEXT NOT NULL,
    owner_org  TEXT NOT NULL,
    org        TEXT NOT NULL,
    kind       TEXT NOT NULL,
    day        TEXT NOT NULL,
    codes      ${JSON} NOT NULL,
    words      ${BLOB},
    by_account TEXT NOT NULL,
    at         TEXT NOT NULL
) ${STRICT};
CREATE INDEX progress_referral ON progress (referral, at, id);
CREATE INDEX progress_case ON progress (case_id, id);

-- From when the days of a packet are counted, and when they were over.
ALTER TABLE referral ADD COLUMN over_at TEXT;
ALTER TABLE referral ADD COLUMN burnt_at TEXT;
ALTER TABLE referral_queue ADD COLUMN over_at TEXT;
CREATE INDEX referral_spent ON referral_queue (over_at, id);

-- Up to when what a provider said of a service was agreed with or corrected.
ALTER TABLE episode ADD COLUMN heard_at TEXT;

-- What the last inspection of a service found, for whoever chooses one.
ALTER TABLE service ADD COLUMN checked_day TEXT;
ALTER TABLE service ADD COLUMN points ${INT};
ALTER TABLE service ADD COLUMN right_by TEXT;
