package store

// table is an audited table: every row an act touches is hashed into its
// entry, and Verify compares every row with its last hash.
type table struct {
	name    string
	key     []string // the columns that name a row: codes and identifiers only, never what people typed
	version string   // the column that counts changes; "" when rows never change
}

// audited lists the tables under audit, parents before children. Every table
// of a migration stands here or in exempt; a test fails for the missing one.
// A column added later must be nullable without a default: HashRow leaves NULL
// out, so the old hashes hold.
func audited() []table {
	return []table{
		{name: "org_key", key: []string{"org"}},
		{name: "subject_key", key: []string{"subject"}},
		{name: "organisation", key: []string{"id"}, version: "version"},
		{name: "account", key: []string{"id"}, version: "version"},
		{name: "credential", key: []string{"account"}, version: "version"},
		{name: "post", key: []string{"id"}},
		{name: "account_channel", key: []string{"id"}},
		{name: "session", key: []string{"id"}, version: "version"},
		{name: "signal", key: []string{"id"}, version: "version"},
		{name: "reporter", key: []string{"id"}, version: "version"},
		{name: "people_group", key: []string{"id"}, version: "version"},
		{name: "person", key: []string{"id"}, version: "version"},
		{name: "protection_case", key: []string{"id"}, version: "version"},
		{name: "conflict", key: []string{"record", "n"}},
		{name: "screening", key: []string{"id"}, version: "version"},
		{name: "assessment", key: []string{"id"}},
		{name: "guardian", key: []string{"id"}, version: "version"},
		{name: "reflection", key: []string{"id"}, version: "version"},
		{name: "consent", key: []string{"id"}, version: "version"},
		{name: "referral", key: []string{"id"}, version: "version"},
		{name: "identification", key: []string{"id"}},
		{name: "review", key: []string{"id"}, version: "version"},
		{name: "explanation", key: []string{"id"}},
		{name: "service", key: []string{"id"}, version: "version"},
		{name: "duty", key: []string{"id"}, version: "version"},
		{name: "event", key: []string{"id"}},
		{name: "history", key: []string{"record", "version"}},
		{name: "legacy_list", key: []string{"id"}, version: "version"},
		{name: "legacy_record", key: []string{"id"}},
		{name: "plan", key: []string{"id"}, version: "version"},
		{name: "interests", key: []string{"id"}},
		{name: "episode", key: []string{"id"}, version: "version"},
		{name: "attendance", key: []string{"id"}},
		{name: "progress", key: []string{"id"}},
		{name: "inspection", key: []string{"id"}},
		{name: "cover", key: []string{"id"}, version: "version"},
		{name: "backup", key: []string{"id"}, version: "version"},
		{name: "transfer", key: []string{"id"}, version: "version"},
		{name: "inquiry", key: []string{"id"}, version: "version"},
		{name: "liaison", key: []string{"id"}, version: "version"},
		{name: "likeness", key: []string{"id"}, version: "version"},
		{name: "stay", key: []string{"id"}, version: "version"},
		{name: "complaint", key: []string{"id"}, version: "version"},
		{name: "visit", key: []string{"id"}},
		{name: "closure", key: []string{"id"}, version: "version"},
		{name: "homecoming", key: []string{"id"}, version: "version"},
		{name: "business", key: []string{"id"}, version: "version"},
		{name: "criminal_file", key: []string{"id"}, version: "version"},
		{name: "file_number", key: []string{"file", "register"}},
		{name: "file_stage", key: []string{"file", "n"}},
		{name: "suspect", key: []string{"id"}, version: "version"},
		{name: "charge", key: []string{"id"}, version: "version"},
		{name: "custody", key: []string{"id"}, version: "version"},
		{name: "file_act", key: []string{"id"}},
		{name: "hearing", key: []string{"id"}, version: "version"},
		{name: "judgment", key: []string{"id"}},
		{name: "erasure", key: []string{"id"}, version: "version"},
		{name: "glass", key: []string{"id"}, version: "version"},
		{name: "legal_hold", key: []string{"id"}, version: "version"},
		{name: "jotting", key: []string{"id"}, version: "version"},
		{name: "sealed_note", key: []string{"id"}, version: "version"},
		{name: "attachment", key: []string{"id"}},
	}
}

// exempt lists the tables that are not hashed into the log, with the reason.
func exempt() map[string]string {
	return map[string]string{
		"audit_entry":      "the log itself; held by its tree",
		"audit_pending":    "entries on their way into the log",
		"audit_hash":       "the tree; recomputed by Verify",
		"audit_mention":    "derived from audit_entry",
		"audit_checkpoint": "signed; checked by Verify",
		"audit_key":        "its public half is checked against what outsiders hold",
		"index_token":      "derived from sealed text and remade from it; purged with the subject's key",
		"pseudonym":        "derived from sealed text, remade from it, there while she agrees; a token lost or added finds or hides, and opens nothing",
		"referral_queue":   "derived from referral and its case: what lists are narrowed and ordered by",
		"task":             "what acts that are in the log have set: what lists of deadlines are narrowed and ordered by",
		"plan_queue":       "derived from plan and its case: what lists are narrowed and ordered by",
		"sealed_reader":    "derived from sealed_note: what lists and decisions are narrowed by",
		"attachment_body":  "sealed bytes; their digest stands in the row of the attachment",
		"alert":            "the outbox: content-free, and a delivery is not an act of a person",
		"legacy_draft":     "a file on its way in, sealed; keeping it, reading it and forgetting it have their entries",
		"alert_seen":       "until when somebody has seen what alerted them; seeing has its entry",
		"session_seen":     "when a session was last used, to the minute; no act of its own",
		"attempt":          "counts guesses at the door, under a keyed hash; each failure has its entry",
		"draft":            "what was typed and not sent; saving and reading have their entries",
		"goose_db_version": "the migrations' own table",
	}
}
