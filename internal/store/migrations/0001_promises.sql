-- What keeps the promises: the audit log and its tree, the keys, the blind index.
-- ${STRICT}, ${KEYED}, ${BLOB}, ${INT}, ${BOOL}, ${JSON} and ${ORDER} are expanded for each engine by dialect.go.

-- +goose Up

-- The log. seq counts from 0 without a gap; leaf is what audit.Encode wrote.
CREATE TABLE audit_entry (
    seq  ${INT}  PRIMARY KEY,
    leaf ${BLOB} NOT NULL
) ${STRICT};

-- Entries that are committed with their act and wait for their place in the log.
-- n is drawn by the engine after the act has touched its rows, so that two acts on one row are numbered in the order they were committed.
CREATE TABLE audit_pending (
    n    ${ORDER},
    leaf ${BLOB} NOT NULL
) ${STRICT};

-- The hashes of the tree, by index of x/mod/sumdb/tlog.
CREATE TABLE audit_hash (
    n    ${INT}  PRIMARY KEY,
    hash ${BLOB} NOT NULL
) ${STRICT};

-- Which entries name which record or account. Derived from audit_entry.
CREATE TABLE audit_mention (
    record TEXT   NOT NULL,
    seq    ${INT} NOT NULL,
    PRIMARY KEY (record, seq)
) ${KEYED};

-- Signed checkpoints, the newest of which should also be kept elsewhere.
CREATE TABLE audit_checkpoint (
    size ${INT} PRIMARY KEY,
    at   TEXT   NOT NULL,
    note TEXT   NOT NULL
) ${STRICT};

-- The key that signs checkpoints, wrapped by the master key.
CREATE TABLE audit_key (
    origin   TEXT    PRIMARY KEY,
    verifier TEXT    NOT NULL,
    wrapped  ${BLOB} NOT NULL,
    made     TEXT    NOT NULL
) ${STRICT};

-- The key of an organisation, wrapped by the master key or by its holder's own secret. version counts the changes of the key itself.
CREATE TABLE org_key (
    org     TEXT    PRIMARY KEY,
    version INTEGER NOT NULL,
    holder  TEXT    NOT NULL,
    wrapped ${BLOB} NOT NULL
) ${STRICT};

-- The key of one person (or reporter, signal, packet), wrapped by that of the organisation. Erasing makes wrapped NULL; the row stays, so that nobody quietly gives the subject a new key.
CREATE TABLE subject_key (
    subject     TEXT    PRIMARY KEY,
    org         TEXT    NOT NULL REFERENCES org_key (org),
    org_version INTEGER NOT NULL,
    wrapped     ${BLOB}
) ${STRICT};
CREATE INDEX subject_key_org ON subject_key (org, org_version, subject);

-- Blind index: keyed tokens of words, sounds and digits, never the text.
CREATE TABLE index_token (
    org          TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    token        ${BLOB} NOT NULL,
    subject_kind TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    PRIMARY KEY (org, kind, token, subject_kind, subject)
) ${KEYED};
CREATE INDEX index_token_subject ON index_token (subject);
