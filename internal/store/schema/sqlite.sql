-- The tables after every migration, as sqlite describes them. Rewritten by: go test ./internal/store -run TestSchema -update

CREATE TABLE account (
    id      TEXT    PRIMARY KEY,
    version INTEGER NOT NULL,
    org     TEXT    NOT NULL REFERENCES organisation (id),
    name    TEXT    NOT NULL UNIQUE,
    shown   TEXT    NOT NULL,
    lang    TEXT    NOT NULL,
    made    TEXT    NOT NULL,
    closed  TEXT
) STRICT

CREATE INDEX account_org ON account (org, name, id)

CREATE TABLE account_channel (
    id      TEXT    PRIMARY KEY,
    account TEXT    NOT NULL REFERENCES account (id),
    n       INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    address BLOB NOT NULL
) STRICT

CREATE INDEX account_channel_account ON account_channel (account, n, id)

CREATE TABLE alert (
    id         TEXT    PRIMARY KEY,
    to_account TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    about      TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    rank       INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    tries      INTEGER NOT NULL,
    next_at    TEXT    NOT NULL,
    done_at    TEXT,
    problem    TEXT    NOT NULL,
    reached    TEXT
, answered_at TEXT) STRICT

CREATE INDEX alert_about ON alert (about, state)

CREATE INDEX alert_due ON alert (state, next_at, id)

CREATE INDEX alert_shown ON alert (to_account, at, id) WHERE state <> 'HUSHED'

CREATE TABLE alert_seen (
    account  TEXT PRIMARY KEY,
    until_at TEXT NOT NULL
) STRICT

CREATE TABLE assessment (
    id         TEXT    PRIMARY KEY,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    moment     TEXT    NOT NULL,
    level      TEXT    NOT NULL,
    next_at    TEXT,
    found      BLOB,
    own        BLOB,
    why        BLOB,
    plan       TEXT NOT NULL
) STRICT

CREATE INDEX assessment_case ON assessment (case_id, at, id)

CREATE TABLE attachment (
    id         TEXT PRIMARY KEY,
    case_id    TEXT NOT NULL,
    note       TEXT,
    owner_org  TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at         TEXT NOT NULL,
    kind       TEXT NOT NULL,
    type       TEXT NOT NULL,
    size       INTEGER NOT NULL,
    digest     TEXT NOT NULL,
    name       BLOB
, subject TEXT, removed_at TEXT, removed_by TEXT, removed_why TEXT) STRICT

CREATE INDEX attachment_case ON attachment (case_id, at, id)

CREATE INDEX attachment_note ON attachment (note, at, id)

CREATE TABLE attachment_body (
    id      TEXT    PRIMARY KEY,
    content BLOB NOT NULL
) STRICT

CREATE TABLE attempt (
    door     TEXT    PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at  TEXT,
    until_at TEXT
) STRICT, WITHOUT ROWID

CREATE INDEX attempt_last ON attempt (last_at, door)

CREATE TABLE attendance (
    id         TEXT PRIMARY KEY,
    episode    TEXT NOT NULL,
    day        TEXT NOT NULL,
    came       TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at         TEXT NOT NULL
) STRICT

CREATE INDEX attendance_episode ON attendance (episode, day, at, id)

CREATE TABLE audit_checkpoint (
    size INTEGER PRIMARY KEY,
    at   TEXT   NOT NULL,
    note TEXT   NOT NULL
) STRICT

CREATE TABLE audit_entry (
    seq  INTEGER  PRIMARY KEY,
    leaf BLOB NOT NULL
) STRICT

CREATE TABLE audit_hash (
    n    INTEGER  PRIMARY KEY,
    hash BLOB NOT NULL
) STRICT

CREATE TABLE audit_key (
    origin   TEXT    PRIMARY KEY,
    verifier TEXT    NOT NULL,
    wrapped  BLOB NOT NULL,
    made     TEXT    NOT NULL
) STRICT

CREATE TABLE audit_mention (
    record TEXT   NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (record, seq)
) STRICT, WITHOUT ROWID

CREATE TABLE audit_pending (
    n    INTEGER PRIMARY KEY,
    leaf BLOB NOT NULL
) STRICT

CREATE TABLE backup (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    org         TEXT    NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    answered_by TEXT,
    answered_at TEXT
) STRICT

CREATE INDEX backup_by ON backup (by_account, at, id)

CREATE INDEX backup_org ON backup (org, at, id)

CREATE TABLE business (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    from_day   TEXT    NOT NULL,
    cost_units INTEGER  NOT NULL,
    currency   TEXT    NOT NULL,
    funders    TEXT NOT NULL,
    until_day  TEXT,
    end_reason TEXT    NOT NULL
) STRICT

CREATE INDEX business_case ON business (case_id, from_day, id)

CREATE TABLE charge (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    file       TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    suspect    TEXT    NOT NULL,
    initial    TEXT    NOT NULL,
    present    TEXT    NOT NULL,
    final      TEXT    NOT NULL,
    on_day     TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    changes    TEXT NOT NULL
) STRICT

CREATE INDEX charge_file ON charge (file, at, id)

CREATE TABLE closure (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    owner_org   TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    checks      TEXT NOT NULL,
    why         BLOB,
    answered_by TEXT,
    answered_at TEXT,
    remarks     BLOB
) STRICT

CREATE TABLE complaint (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    owner_org  TEXT,
    from_org   TEXT    NOT NULL,
    keeper_org TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    ended      INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    said_by    TEXT    NOT NULL,
    named      TEXT    NOT NULL,
    about_case TEXT,
    code       TEXT,
    against    TEXT    NOT NULL,
    worker     TEXT,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    due        TEXT    NOT NULL,
    looked_by  TEXT,
    looked_at  TEXT,
    end_reason TEXT    NOT NULL,
    ended_by   TEXT,
    ended_at   TEXT,
    words      BLOB,
    done       BLOB,
    told       BLOB
) STRICT

CREATE INDEX complaint_about ON complaint (about_case) WHERE about_case IS NOT NULL

CREATE INDEX complaint_by ON complaint (by_account, ended, due, id)

CREATE INDEX complaint_owner ON complaint (owner_org, ended, due, id)

CREATE TABLE conflict (
    record  TEXT    NOT NULL,
    n       INTEGER NOT NULL,
    account TEXT,
    org     TEXT,
    why     TEXT    NOT NULL,
    PRIMARY KEY (record, n)
) STRICT

CREATE INDEX conflict_account ON conflict (account, record)

CREATE INDEX conflict_org ON conflict (org, record)

CREATE TABLE consent (
    id           TEXT    PRIMARY KEY,
    version      INTEGER NOT NULL,
    case_id      TEXT    NOT NULL,
    owner_org    TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    purpose      TEXT    NOT NULL,
    recipient    TEXT,
    scope        TEXT NOT NULL,
    language     TEXT    NOT NULL,
    interpreter  TEXT    NOT NULL,
    mode         TEXT    NOT NULL,
    given_by     TEXT    NOT NULL,
    assent       TEXT    NOT NULL,
    carer_away   TEXT    NOT NULL,
    asked_by     TEXT    NOT NULL,
    at           TEXT    NOT NULL,
    expires      TEXT,
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    override     TEXT    NOT NULL,
    legal_basis  TEXT    NOT NULL,
    approved_by  TEXT,
    person_told  TEXT    NOT NULL
, witness BLOB, approval TEXT, approval_at TEXT, guardian TEXT, capacity BLOB, ethics TEXT) STRICT

CREATE INDEX consent_case ON consent (case_id, at, id)

CREATE INDEX consent_ends ON consent (expires, id) WHERE state = 'GIVEN' AND expires IS NOT NULL

CREATE TABLE cover (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    org        TEXT    NOT NULL,
    away       TEXT    NOT NULL,
    cover      TEXT    NOT NULL,
    from_at    TEXT    NOT NULL,
    until_at   TEXT    NOT NULL,
    by_account TEXT    NOT NULL
) STRICT

CREATE INDEX cover_away ON cover (away, until_at)

CREATE INDEX cover_cover ON cover (cover, until_at)

CREATE INDEX cover_org ON cover (org, until_at, id)

CREATE TABLE credential (
    account   TEXT    PRIMARY KEY REFERENCES account (id),
    version   INTEGER NOT NULL,
    subject   TEXT    NOT NULL,
    password  TEXT    NOT NULL,
    expires   TEXT,
    must_change INTEGER NOT NULL,
    enrolled  INTEGER NOT NULL,
    secret    BLOB,
    pending   BLOB,
    step      INTEGER  NOT NULL,
    salt      BLOB,
    codes     TEXT NOT NULL,
    conduct   TEXT    NOT NULL,
    reset_by  TEXT,
    reset_at  TEXT
) STRICT

CREATE TABLE criminal_file (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    code       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    since_day  TEXT    NOT NULL,
    source     TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    court_1    TEXT    NOT NULL,
    court_2    TEXT    NOT NULL,
    court_3    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    office_org TEXT,
    bench_1    TEXT,
    bench_2    TEXT,
    bench_3    TEXT,
    level      INTEGER NOT NULL,
    on_day     TEXT    NOT NULL,
    place      TEXT    NOT NULL,
    place_written BLOB,
    province   TEXT    NOT NULL,
    commune    TEXT    NOT NULL,
    zone       TEXT    NOT NULL,
    words      BLOB,
    reason     TEXT    NOT NULL,
    first_on   TEXT,
    book       TEXT    NOT NULL,
    number     TEXT    NOT NULL,
    child      INTEGER NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    changed    TEXT    NOT NULL,
    weight     INTEGER NOT NULL
) STRICT

CREATE INDEX criminal_file_bench_1 ON criminal_file (bench_1, weight, changed, id)

CREATE INDEX criminal_file_bench_2 ON criminal_file (bench_2, weight, changed, id)

CREATE INDEX criminal_file_bench_3 ON criminal_file (bench_3, weight, changed, id)

CREATE INDEX criminal_file_office ON criminal_file (office_org, weight, changed, id)

CREATE INDEX criminal_file_owner ON criminal_file (owner_org, weight, changed, id)

CREATE TABLE custody (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    file        TEXT    NOT NULL,
    owner_org   TEXT    NOT NULL,
    suspect     TEXT    NOT NULL,
    from_at     TEXT    NOT NULL,
    extended    INTEGER NOT NULL,
    extended_by TEXT,
    extended_at TEXT,
    due         TEXT    NOT NULL,
    until_at    TEXT,
    end_reason  TEXT    NOT NULL,
    over        TEXT    NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL
) STRICT

CREATE INDEX custody_file ON custody (file, from_at, id)

CREATE TABLE draft (
    id       TEXT    PRIMARY KEY,
    account  TEXT    NOT NULL REFERENCES account (id),
    form     TEXT    NOT NULL,
    content  BLOB NOT NULL,
    saved    TEXT    NOT NULL,
    until_at TEXT    NOT NULL,
    UNIQUE (account, form)
) STRICT

CREATE INDEX draft_until ON draft (until_at, id)

CREATE TABLE duty (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    org        TEXT    NOT NULL,
    province   TEXT    NOT NULL,
    account    TEXT    NOT NULL,
    rank       INTEGER NOT NULL,
    from_at    TEXT    NOT NULL,
    until_at   TEXT    NOT NULL
) STRICT

CREATE INDEX duty_account ON duty (account, until_at)

CREATE INDEX duty_now ON duty (province, until_at, from_at, rank, id)

CREATE INDEX duty_time ON duty (until_at, from_at, id)

CREATE TABLE episode (
    id           TEXT    PRIMARY KEY,
    version      INTEGER NOT NULL,
    case_id      TEXT    NOT NULL,
    owner_org    TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    by_account   TEXT    NOT NULL,
    at           TEXT    NOT NULL,
    need         TEXT    NOT NULL,
    service      TEXT    NOT NULL,
    provider     TEXT    NOT NULL,
    deliverer    TEXT    NOT NULL,
    delivered_by TEXT    NOT NULL,
    funders      TEXT NOT NULL,
    formal_id    INTEGER NOT NULL,
    referral     TEXT,
    track        TEXT    NOT NULL,
    from_day     TEXT    NOT NULL,
    until_day    TEXT,
    cost_units   INTEGER NOT NULL,
    currency     TEXT    NOT NULL,
    pauses       TEXT NOT NULL,
    outcome      TEXT    NOT NULL,
    satisfaction INTEGER NOT NULL,
    remark       BLOB
, heard_at TEXT) STRICT

CREATE INDEX episode_case ON episode (case_id, from_day, id)

CREATE TABLE erasure (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    case_id     TEXT,
    signal      TEXT,
    code        TEXT    NOT NULL,
    owner_org   TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    open        INTEGER NOT NULL,
    ground      TEXT    NOT NULL,
    rule        TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    given_by    TEXT    NOT NULL,
    told        TEXT NOT NULL,
    by_account  TEXT,
    at          TEXT    NOT NULL,
    why         TEXT    NOT NULL,
    answered_by TEXT,
    answered_at TEXT
, guardian TEXT, carer_away TEXT) STRICT

CREATE INDEX erasure_all ON erasure (open, at, id)

CREATE INDEX erasure_by ON erasure (by_account, open, at, id)

CREATE INDEX erasure_case ON erasure (case_id)

CREATE INDEX erasure_owner ON erasure (owner_org, open, at, id)

CREATE INDEX erasure_signal ON erasure (signal)

CREATE TABLE event (
    id         TEXT PRIMARY KEY,
    case_id    TEXT NOT NULL,
    at         TEXT NOT NULL,
    by_account TEXT,
    org        TEXT,
    verb       TEXT NOT NULL,
    code       TEXT NOT NULL
) STRICT

CREATE INDEX event_case ON event (case_id, at, id)

CREATE TABLE explanation (
    id          TEXT PRIMARY KEY,
    case_id     TEXT NOT NULL,
    owner_org   TEXT NOT NULL,
    by_account  TEXT NOT NULL,
    at          TEXT NOT NULL,
    told        TEXT NOT NULL,
    language    TEXT NOT NULL,
    interpreter TEXT NOT NULL
) STRICT

CREATE INDEX explanation_case ON explanation (case_id, at, id)

CREATE TABLE file_act (
    id         TEXT PRIMARY KEY,
    file       TEXT NOT NULL,
    owner_org  TEXT NOT NULL,
    kind       TEXT NOT NULL,
    on_day     TEXT NOT NULL,
    words      BLOB,
    by_account TEXT NOT NULL,
    at         TEXT NOT NULL
) STRICT

CREATE INDEX file_act_file ON file_act (file, on_day, id)

CREATE TABLE file_number (
    file     TEXT NOT NULL,
    register TEXT NOT NULL,
    office   TEXT NOT NULL,
    plain    TEXT NOT NULL,
    written  TEXT NOT NULL,
    PRIMARY KEY (file, register)
) STRICT

CREATE UNIQUE INDEX file_number_office ON file_number (register, plain, office)

CREATE TABLE file_stage (
    file       TEXT    NOT NULL,
    n          INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    on_day     TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    by_org     TEXT    NOT NULL,
    number     TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    who        TEXT    NOT NULL,
    level      INTEGER NOT NULL,
    PRIMARY KEY (file, n)
) STRICT

CREATE TABLE glass (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    code        TEXT    NOT NULL,
    case_id     TEXT,
    owner_org   TEXT,
    org         TEXT    NOT NULL,
    role        TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    open        INTEGER NOT NULL,
    reason      TEXT    NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    until_at    TEXT,
    answered_by TEXT,
    answered_at TEXT,
    ended_by    TEXT,
    ended_at    TEXT
) STRICT

CREATE INDEX glass_all ON glass (open, at, id)

CREATE INDEX glass_by ON glass (by_account, at, id)

CREATE INDEX glass_case ON glass (case_id, state, until_at)

CREATE INDEX glass_owner ON glass (owner_org, open, at, id)

CREATE TABLE guardian (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    relation   TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    from_at    TEXT    NOT NULL,
    agreed     TEXT    NOT NULL,
    authority  TEXT    NOT NULL,
    act        BLOB,
    name       BLOB,
    phone      BLOB,
    why        BLOB,
    until_at   TEXT,
    end_reason TEXT    NOT NULL
) STRICT

CREATE INDEX guardian_case ON guardian (case_id, from_at, id)

CREATE TABLE hearing (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    file       TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    level      INTEGER NOT NULL,
    on_day     TEXT    NOT NULL,
    closed     INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    harmed     TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    held_by    TEXT,
    held_at    TEXT
) STRICT

CREATE INDEX hearing_file ON hearing (file, on_day, id)

CREATE TABLE history (
    record  TEXT    NOT NULL,
    version INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    at      TEXT    NOT NULL,
    old     TEXT NOT NULL,
    PRIMARY KEY (record, version)
) STRICT

CREATE TABLE homecoming (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    owner_org  TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    receiving  TEXT,
    body       BLOB,
    texts      TEXT NOT NULL
) STRICT

CREATE TABLE identification (
    id          TEXT PRIMARY KEY,
    case_id     TEXT NOT NULL,
    from_status TEXT NOT NULL,
    to_status   TEXT NOT NULL,
    at          TEXT NOT NULL,
    by_account  TEXT NOT NULL,
    org         TEXT NOT NULL,
    org_type    TEXT NOT NULL,
    basis       TEXT NOT NULL,
    legal_basis TEXT NOT NULL
, decided_day TEXT, law BLOB, document BLOB, review TEXT) STRICT

CREATE INDEX identification_case ON identification (case_id, at, id)

CREATE TABLE index_token (
    org          TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    token        BLOB NOT NULL,
    subject_kind TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    PRIMARY KEY (org, kind, token, subject_kind, subject)
) STRICT, WITHOUT ROWID

CREATE INDEX index_token_subject ON index_token (subject)

CREATE TABLE inquiry (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    looked_at  TEXT,
    told_org   TEXT,
    told_who   TEXT,
    told_code  TEXT,
    told_at    TEXT
) STRICT

CREATE INDEX inquiry_by ON inquiry (by_account, at, id)

CREATE INDEX inquiry_case ON inquiry (case_id, at, id)

CREATE INDEX inquiry_waits ON inquiry (at, id) WHERE looked_at IS NULL

CREATE TABLE inspection (
    id         TEXT PRIMARY KEY,
    service    TEXT NOT NULL,
    org        TEXT NOT NULL,
    day        TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at         TEXT NOT NULL,
    met        TEXT NOT NULL,
    right_by   TEXT
) STRICT

CREATE INDEX inspection_service ON inspection (service, day, at, id)

CREATE TABLE interests (
    id         TEXT    PRIMARY KEY,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    about      TEXT    NOT NULL,
    taking     BLOB,
    views      BLOB,
    pro        BLOB,
    risks      BLOB,
    result     BLOB
, decision TEXT, review TEXT, sitting BLOB, options BLOB, dissent BLOB) STRICT

CREATE INDEX interests_case ON interests (case_id, at, id)

CREATE TABLE jotting (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    words      BLOB,
    safe       TEXT    NOT NULL,
    next_step  TEXT    NOT NULL,
    consent    TEXT    NOT NULL,
    topics     TEXT NOT NULL,
    told_to    TEXT    NOT NULL,
    told_on    TEXT,
    sorted_by  TEXT,
    sorted_at  TEXT
) STRICT

CREATE INDEX jotting_case ON jotting (case_id, at, id)

CREATE TABLE judgment (
    id          TEXT    PRIMARY KEY,
    file        TEXT    NOT NULL,
    charge      TEXT    NOT NULL,
    suspect     TEXT    NOT NULL,
    level       INTEGER NOT NULL,
    round       INTEGER NOT NULL,
    on_day      TEXT    NOT NULL,
    verdict     TEXT    NOT NULL,
    effect      TEXT    NOT NULL,
    offence     TEXT    NOT NULL,
    life        INTEGER NOT NULL,
    months      INTEGER NOT NULL,
    suspended   INTEGER NOT NULL,
    fine        INTEGER NOT NULL,
    damages     INTEGER NOT NULL,
    confiscated INTEGER NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL
) STRICT

CREATE INDEX judgment_file ON judgment (file, round, at, id)

CREATE UNIQUE INDEX judgment_round ON judgment (charge, round)

CREATE TABLE legacy_draft (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    owner_org  TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    until_at   TEXT    NOT NULL,
    size       INTEGER NOT NULL,
    mapping    BLOB NOT NULL,
    content    BLOB NOT NULL
) STRICT

CREATE INDEX legacy_draft_by ON legacy_draft (by_account, at, id)

CREATE INDEX legacy_draft_until ON legacy_draft (until_at)

CREATE TABLE legacy_list (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    owner_org  TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    mark       BLOB NOT NULL,
    by_account TEXT,
    begun_at   TEXT    NOT NULL,
    done_at    TEXT,
    loaded     INTEGER NOT NULL,
    people     INTEGER NOT NULL,
    repeats    INTEGER NOT NULL,
    layout     BLOB
) STRICT

CREATE INDEX legacy_list_begun ON legacy_list (owner_org, begun_at, id)

CREATE UNIQUE INDEX legacy_list_mark ON legacy_list (owner_org, mark)

CREATE TABLE legacy_record (
    id             TEXT    PRIMARY KEY,
    list           TEXT    NOT NULL REFERENCES legacy_list (id),
    line           INTEGER NOT NULL,
    people         INTEGER NOT NULL,
    counted        INTEGER NOT NULL,
    event_when     TEXT,
    event_from     TEXT,
    event_until    TEXT,
    sex            TEXT    NOT NULL,
    age_band       TEXT    NOT NULL,
    nationality    TEXT    NOT NULL,
    forms          TEXT    NOT NULL,
    responder      TEXT    NOT NULL,
    responder_type TEXT    NOT NULL,
    status         TEXT    NOT NULL,
    place          TEXT    NOT NULL,
    place_written  BLOB,
    province       TEXT    NOT NULL,
    commune        TEXT    NOT NULL,
    zone           TEXT    NOT NULL,
    given          BLOB,
    same_as        TEXT
) STRICT

CREATE UNIQUE INDEX legacy_record_line ON legacy_record (list, line)

CREATE TABLE legal_hold (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    why        TEXT    NOT NULL,
    until_at   TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    lifted_by  TEXT,
    lifted_at  TEXT
) STRICT

CREATE INDEX legal_hold_case ON legal_hold (case_id, at, id)

CREATE TABLE liaison (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    inquiry     TEXT    NOT NULL,
    reference   TEXT    NOT NULL,
    case_id     TEXT    NOT NULL,
    owner_org   TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    waits       INTEGER NOT NULL, -- 1 while somebody must act
    at          TEXT    NOT NULL,
    due         TEXT    NOT NULL,
    answered_by TEXT,
    answered_at TEXT,
    ended_by    TEXT,
    ended_at    TEXT
) STRICT

CREATE INDEX liaison_all ON liaison (waits, due, id)

CREATE INDEX liaison_case ON liaison (case_id, at, id)

CREATE INDEX liaison_inquiry ON liaison (inquiry)

CREATE INDEX liaison_owner ON liaison (owner_org, waits, due, id)

CREATE TABLE likeness (
    id           TEXT    PRIMARY KEY,
    version      INTEGER NOT NULL,
    owner_org    TEXT    NOT NULL,
    first_case   TEXT    NOT NULL,
    second_case  TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    unsure       INTEGER NOT NULL, -- somebody looked, and could not say
    by_account   TEXT, -- nobody, where the program saves what many did
    at           TEXT    NOT NULL,
    decided_by   TEXT,
    decided_at   TEXT,
    kept_case    TEXT,             -- the file that goes on
    until_at     TEXT,             -- until when it can be undone
    was          TEXT NOT NULL, -- how the two stood before, in codes
    carried      TEXT NOT NULL  -- which records went over, by table
) STRICT

CREATE INDEX likeness_owner ON likeness (owner_org, state, at, id)

CREATE UNIQUE INDEX likeness_pair ON likeness (first_case, second_case)

CREATE INDEX likeness_second ON likeness (second_case, id)

CREATE TABLE org_key (
    org     TEXT    PRIMARY KEY,
    version INTEGER NOT NULL,
    holder  TEXT    NOT NULL,
    wrapped BLOB NOT NULL
) STRICT

CREATE TABLE organisation (
    id      TEXT    PRIMARY KEY,
    version INTEGER NOT NULL,
    name    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    place   TEXT    NOT NULL,
    closed  TEXT
) STRICT

CREATE INDEX organisation_name ON organisation (name, id)

CREATE TABLE people_group (
    id            TEXT    PRIMARY KEY,
    version       INTEGER NOT NULL,
    signal        TEXT    NOT NULL,
    owner_org     TEXT    NOT NULL,
    size          INTEGER NOT NULL,
    place         TEXT    NOT NULL,
    place_written BLOB,
    met           TEXT    NOT NULL,
    handler       TEXT    NOT NULL,
    opened_by     TEXT
) STRICT

CREATE INDEX people_group_signal ON people_group (signal)

CREATE TABLE person (
    id        TEXT    PRIMARY KEY,
    version   INTEGER NOT NULL,
    owner_org TEXT    NOT NULL,
    name      BLOB,
    called    BLOB,
    other     BLOB,
    born      BLOB,
    document  BLOB,
    home      BLOB,
    phone     BLOB,
    hours     TEXT    NOT NULL,
    phrase    BLOB,
    avoid     BLOB,
    may       TEXT    NOT NULL
) STRICT

CREATE TABLE plan (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    case_id     TEXT    NOT NULL,
    owner_org   TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    track       TEXT    NOT NULL,
    agreed      TEXT NOT NULL,
    answered_by TEXT,
    answered_at TEXT,
    review      TEXT,
    next_what   TEXT    NOT NULL,
    next_at     TEXT,
    answer_by   TEXT,
    body        BLOB,
    texts       TEXT NOT NULL
) STRICT

CREATE UNIQUE INDEX plan_case ON plan (case_id)

CREATE TABLE plan_queue (
    id         TEXT    NOT NULL,
    waits      INTEGER NOT NULL, -- 1 for who works on it, 2 for a second person
    case_id    TEXT    NOT NULL,
    code       TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    screener   TEXT,
    manager    TEXT,
    child      INTEGER NOT NULL,
    level      TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    track      TEXT    NOT NULL,
    what       TEXT    NOT NULL,
    due_at     TEXT    NOT NULL,
    PRIMARY KEY (id, waits)
) STRICT

CREATE INDEX plan_queue_by ON plan_queue (by_account, waits, due_at, id)

CREATE INDEX plan_queue_case ON plan_queue (case_id)

CREATE INDEX plan_queue_manager ON plan_queue (manager, waits, due_at, id)

CREATE INDEX plan_queue_org ON plan_queue (owner_org, waits, due_at, id)

CREATE INDEX plan_queue_screener ON plan_queue (screener, waits, due_at, id)

CREATE TABLE post (
    id       TEXT PRIMARY KEY,
    account  TEXT NOT NULL REFERENCES account (id),
    role     TEXT NOT NULL,
    org      TEXT NOT NULL REFERENCES organisation (id),
    place    TEXT NOT NULL,
    from_at  TEXT NOT NULL,
    until_at TEXT
) STRICT

CREATE INDEX post_account ON post (account, from_at, id)

CREATE INDEX post_org ON post (org, account)

CREATE INDEX post_role ON post (role, org, account)

CREATE TABLE progress (
    id         TEXT PRIMARY KEY,
    referral   TEXT NOT NULL,
    case_id    TEXT NOT NULL,
    owner_org  TEXT NOT NULL,
    org        TEXT NOT NULL,
    kind       TEXT NOT NULL,
    day        TEXT NOT NULL,
    codes      TEXT NOT NULL,
    words      BLOB,
    by_account TEXT NOT NULL,
    at         TEXT NOT NULL
) STRICT

CREATE INDEX progress_case ON progress (case_id, id)

CREATE INDEX progress_referral ON progress (referral, at, id)

CREATE TABLE protection_case (
    id            TEXT    PRIMARY KEY,
    version       INTEGER NOT NULL,
    code          TEXT    NOT NULL,
    owner_org     TEXT    NOT NULL,
    person        TEXT    NOT NULL,
    signal        TEXT,
    people_group  TEXT,
    state         TEXT    NOT NULL,
    since         TEXT    NOT NULL,
    opened        TEXT    NOT NULL,
    opened_by     TEXT,
    reason        TEXT    NOT NULL,
    status        TEXT    NOT NULL,
    level         TEXT    NOT NULL,
    weight        INTEGER NOT NULL,
    reasons       TEXT NOT NULL,
    health_from   TEXT,
    screener      TEXT,
    manager       TEXT,
    ratification  TEXT    NOT NULL,
    verdict       TEXT    NOT NULL,
    presumed_by   TEXT,
    presumed_at   TEXT,
    ratify_by     TEXT,
    ratified_by   TEXT,
    ratified_at   TEXT,
    return_words  BLOB,
    sex           TEXT    NOT NULL,
    age           TEXT,
    child         INTEGER NOT NULL,
    language      TEXT    NOT NULL,
    place         TEXT    NOT NULL,
    place_written BLOB,
    province      TEXT    NOT NULL,
    commune       TEXT    NOT NULL,
    zone          TEXT    NOT NULL,
    internal      TEXT    NOT NULL,
    open          INTEGER NOT NULL,
    seat          INTEGER NOT NULL
, adult TEXT, prior TEXT, joined TEXT, halted_from TEXT, halted_why TEXT, held TEXT) STRICT

CREATE UNIQUE INDEX protection_case_code ON protection_case (owner_org, code)

CREATE INDEX protection_case_coded ON protection_case (code, id)

CREATE INDEX protection_case_commune ON protection_case (owner_org, commune, state, weight, since, id) WHERE open = 1

CREATE INDEX protection_case_group ON protection_case (people_group, id)

CREATE INDEX protection_case_joined ON protection_case (joined) WHERE joined IS NOT NULL

CREATE INDEX protection_case_manager ON protection_case (manager, weight, since, id) WHERE open = 1

CREATE INDEX protection_case_manages ON protection_case (manager, state, weight, since, id)

CREATE INDEX protection_case_open ON protection_case (owner_org, weight, since, id) WHERE open = 1

CREATE INDEX protection_case_opener ON protection_case (opened_by, weight, since, id) WHERE open = 1

CREATE INDEX protection_case_opens ON protection_case (opened_by, state, weight, since, id)

CREATE INDEX protection_case_person ON protection_case (person)

CREATE INDEX protection_case_province ON protection_case (owner_org, province, state, weight, since, id) WHERE open = 1

CREATE INDEX protection_case_resumed ON protection_case (manager, weight, since, id) WHERE open = 1 AND ratification = 'RETURNED'

CREATE INDEX protection_case_returned ON protection_case (screener, weight, since, id) WHERE open = 1 AND ratification = 'RETURNED'

CREATE INDEX protection_case_screener ON protection_case (screener, weight, since, id) WHERE open = 1

CREATE INDEX protection_case_screens ON protection_case (screener, state, weight, since, id)

CREATE INDEX protection_case_seat ON protection_case (owner_org, weight, since, id) WHERE open = 1 AND seat = 1

CREATE INDEX protection_case_signal ON protection_case (signal)

CREATE INDEX protection_case_state ON protection_case (owner_org, state, weight, since, id)

CREATE INDEX protection_case_waiting ON protection_case (owner_org, weight, since, id) WHERE open = 1 AND ratification = 'WAITING'

CREATE TABLE pseudonym (
    token       BLOB NOT NULL,
    case_id     TEXT    NOT NULL,
    key_version INTEGER NOT NULL,
    until_at    TEXT,
    PRIMARY KEY (token, case_id)
) STRICT, WITHOUT ROWID

CREATE INDEX pseudonym_case ON pseudonym (case_id)

CREATE INDEX pseudonym_until ON pseudonym (until_at) WHERE until_at IS NOT NULL

CREATE TABLE referral (
    id             TEXT    PRIMARY KEY,
    version        INTEGER NOT NULL,
    case_id        TEXT    NOT NULL,
    code           TEXT    NOT NULL,
    from_org       TEXT    NOT NULL,
    to_org         TEXT    NOT NULL,
    service        TEXT    NOT NULL,
    need           TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    live           INTEGER NOT NULL,
    level          TEXT    NOT NULL,
    weight         INTEGER NOT NULL,
    emergency      INTEGER NOT NULL,
    consent        TEXT,
    previous       TEXT,
    by_account     TEXT    NOT NULL,
    sent_at        TEXT    NOT NULL,
    ack_by         TEXT    NOT NULL,
    acked_at       TEXT,
    answered_at    TEXT,
    answered_by    TEXT,
    arrival_at     TEXT,
    arrived_at     TEXT,
    reason         TEXT    NOT NULL,
    client_refused INTEGER NOT NULL,
    child          INTEGER NOT NULL,
    open_asks      INTEGER NOT NULL,
    health_from    TEXT,
    packet         BLOB,
    packet_words   TEXT NOT NULL,
    asks           TEXT NOT NULL
, over_at TEXT, burnt_at TEXT, unshared_at TEXT, kept TEXT) STRICT

CREATE INDEX referral_case ON referral (case_id, sent_at, id)

CREATE INDEX referral_late ON referral (state, ack_by, id)

CREATE TABLE referral_queue (
    id         TEXT    PRIMARY KEY,
    case_id    TEXT    NOT NULL,
    from_org   TEXT    NOT NULL,
    to_org     TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    screener   TEXT,
    manager    TEXT,
    state      TEXT    NOT NULL,
    waits      INTEGER NOT NULL, -- 0 for nothing, 1 for an answer or an arrival, 2 for another service
    child      INTEGER NOT NULL,
    weight     INTEGER NOT NULL,
    ack_by     TEXT    NOT NULL
, over_at TEXT) STRICT

CREATE INDEX referral_by ON referral_queue (by_account, waits, weight, ack_by, id)

CREATE INDEX referral_by_state ON referral_queue (by_account, state, weight, ack_by, id)

CREATE INDEX referral_in ON referral_queue (to_org, waits, weight, ack_by, id)

CREATE INDEX referral_in_state ON referral_queue (to_org, state, weight, ack_by, id)

CREATE INDEX referral_inside ON referral_queue (to_org, waits, weight, ack_by, id) WHERE from_org = to_org

CREATE INDEX referral_inside_state ON referral_queue (to_org, state, weight, ack_by, id) WHERE from_org = to_org

CREATE INDEX referral_manager ON referral_queue (manager, waits, weight, ack_by, id)

CREATE INDEX referral_manager_state ON referral_queue (manager, state, weight, ack_by, id)

CREATE INDEX referral_out ON referral_queue (from_org, waits, weight, ack_by, id)

CREATE INDEX referral_out_state ON referral_queue (from_org, state, weight, ack_by, id)

CREATE INDEX referral_queue_case ON referral_queue (case_id)

CREATE INDEX referral_screener ON referral_queue (screener, waits, weight, ack_by, id)

CREATE INDEX referral_screener_state ON referral_queue (screener, state, weight, ack_by, id)

CREATE INDEX referral_spent ON referral_queue (over_at, id)

CREATE INDEX referral_unanswered ON referral_queue (state, weight, ack_by, id)

CREATE INDEX referral_waits ON referral_queue (waits, weight, ack_by, id)

CREATE TABLE reflection (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    owner_org  TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    offered    TEXT,
    from_at    TEXT,
    until_at   TEXT,
    sheltered  TEXT    NOT NULL,
    why        TEXT    NOT NULL
) STRICT

CREATE TABLE reporter (
    id        TEXT    PRIMARY KEY,
    version   INTEGER NOT NULL,
    signal    TEXT    NOT NULL,
    owner_org TEXT    NOT NULL,
    name      BLOB,
    relation  TEXT    NOT NULL,
    phone     BLOB,
    hours     TEXT    NOT NULL,
    phrase    BLOB,
    avoid     BLOB,
    may       TEXT    NOT NULL
) STRICT

CREATE INDEX reporter_signal ON reporter (signal)

CREATE TABLE review (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    asker      TEXT    NOT NULL,
    why        BLOB,
    outcome    TEXT    NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    words      BLOB
) STRICT

CREATE INDEX review_case ON review (case_id, at, id)

CREATE UNIQUE INDEX review_open ON review (case_id) WHERE state = 'ASKED'

CREATE TABLE screening (
    id           TEXT    PRIMARY KEY,
    version      INTEGER NOT NULL,
    case_id      TEXT    NOT NULL,
    owner_org    TEXT    NOT NULL,
    by_account   TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    started      TEXT    NOT NULL,
    ended        TEXT,
    private      TEXT    NOT NULL,
    apart        TEXT    NOT NULL,
    interpreter  TEXT    NOT NULL,
    language     TEXT    NOT NULL,
    urgent       TEXT NOT NULL,
    limits_said  INTEGER NOT NULL,
    consent      TEXT,
    account_told BLOB,
    heard        BLOB,
    profile      TEXT    NOT NULL,
    exploited    TEXT    NOT NULL,
    act          TEXT    NOT NULL,
    purpose      TEXT NOT NULL,
    wants        BLOB,
    suggestion   TEXT NOT NULL,
    verdict      TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    words        BLOB,
    decided_by   TEXT,
    decided_at   TEXT
, again TEXT) STRICT

CREATE INDEX screening_case ON screening (case_id, started, id)

CREATE TABLE sealed_note (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    words      BLOB,
    readers    TEXT NOT NULL
) STRICT

CREATE TABLE sealed_reader (
    account   TEXT NOT NULL,
    note      TEXT NOT NULL,
    owner_org TEXT NOT NULL,
    case_id   TEXT NOT NULL,
    at        TEXT NOT NULL,
    PRIMARY KEY (note, account)
) STRICT

CREATE INDEX sealed_reader_account ON sealed_reader (account, at, note)

CREATE INDEX sealed_reader_case ON sealed_reader (account, case_id, at, note)

CREATE TABLE service (
    id            TEXT    PRIMARY KEY,
    version       INTEGER NOT NULL,
    org           TEXT    NOT NULL,
    need          TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    active        INTEGER NOT NULL,
    sexes         TEXT NOT NULL,
    age_from      INTEGER NOT NULL,
    age_to        INTEGER NOT NULL,
    with_children INTEGER NOT NULL,
    disability    INTEGER NOT NULL,
    languages     TEXT NOT NULL,
    places        TEXT NOT NULL,
    hours         TEXT    NOT NULL,
    formal_id     INTEGER NOT NULL,
    hidden        INTEGER NOT NULL,
    free          INTEGER NOT NULL,
    capacity      INTEGER NOT NULL,
    confirmed_at  TEXT    NOT NULL,
    checked_at    TEXT
, units TEXT, checked_day TEXT, points INTEGER, right_by TEXT) STRICT

CREATE INDEX service_need ON service (need, org, id)

CREATE INDEX service_org ON service (org, id)

CREATE TABLE session (
    id       TEXT    PRIMARY KEY,
    version  INTEGER NOT NULL,
    account  TEXT    NOT NULL REFERENCES account (id),
    token    TEXT    NOT NULL UNIQUE,
    device   TEXT    NOT NULL,
    second   INTEGER NOT NULL,
    skipped  INTEGER NOT NULL,
    locked   INTEGER NOT NULL,
    renew    INTEGER NOT NULL,
    post     TEXT,
    made     TEXT    NOT NULL,
    until_at TEXT    NOT NULL,
    ended    TEXT
) STRICT

CREATE INDEX session_account ON session (account, made, id)

CREATE INDEX session_until ON session (until_at, id)

CREATE TABLE session_seen (
    session TEXT PRIMARY KEY,
    seen    TEXT NOT NULL
) STRICT, WITHOUT ROWID

CREATE TABLE signal (
    id            TEXT    PRIMARY KEY,
    version       INTEGER NOT NULL,
    state         TEXT    NOT NULL,
    channel       TEXT    NOT NULL,
    danger_now    TEXT    NOT NULL,
    place         TEXT    NOT NULL,
    place_written BLOB,
    province      TEXT    NOT NULL,
    commune       TEXT    NOT NULL,
    zone          TEXT    NOT NULL,
    spot          BLOB,
    seen_when     TEXT,
    seen          BLOB,
    people        INTEGER NOT NULL,
    children      TEXT    NOT NULL,
    reporter      TEXT,
    raised_by     TEXT,
    raised_org    TEXT,
    raised_at     TEXT    NOT NULL,
    received_at   TEXT    NOT NULL,
    paper         INTEGER NOT NULL,
    receipt       TEXT    NOT NULL,
    owner_org     TEXT    NOT NULL,
    taken_by      TEXT,
    taken_at      TEXT,
    level         TEXT    NOT NULL,
    weight        INTEGER NOT NULL,
    reasons       TEXT NOT NULL,
    health_from   TEXT,
    triaged_by    TEXT,
    triaged_at    TEXT,
    outcome       TEXT    NOT NULL,
    need          TEXT    NOT NULL,
    same_as       TEXT,
    people_group  TEXT,
    open          INTEGER NOT NULL
, raised_hour TEXT) STRICT

CREATE INDEX signal_all ON signal (owner_org, weight, received_at, id)

CREATE INDEX signal_child ON signal (children, open, weight, received_at, id)

CREATE INDEX signal_child_all ON signal (children, weight, received_at, id)

CREATE INDEX signal_child_commune ON signal (commune, open, weight, received_at, id) WHERE children = 'yes'

CREATE INDEX signal_child_province ON signal (province, open, weight, received_at, id) WHERE children = 'yes'

CREATE INDEX signal_commune ON signal (owner_org, commune, open, weight, received_at, id)

CREATE INDEX signal_made ON signal (raised_by, open, weight, received_at, id)

CREATE INDEX signal_made_all ON signal (raised_by, weight, received_at, id)

CREATE INDEX signal_near ON signal (owner_org, commune, received_at, id)

CREATE INDEX signal_province ON signal (owner_org, province, open, weight, received_at, id)

CREATE INDEX signal_queue ON signal (owner_org, open, weight, received_at, id)

CREATE INDEX signal_raised ON signal (raised_by, received_at, id)

CREATE INDEX signal_taken ON signal (taken_by, open, weight, received_at, id)

CREATE INDEX signal_taken_all ON signal (taken_by, weight, received_at, id)

CREATE TABLE stay (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    case_id    TEXT    NOT NULL,
    code       TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    referral   TEXT    NOT NULL,
    service    TEXT    NOT NULL,
    provider   TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    child      INTEGER NOT NULL,
    stays_with TEXT    NOT NULL,
    why        TEXT    NOT NULL,
    from_day   TEXT    NOT NULL,
    until_day  TEXT,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    end_reason TEXT    NOT NULL,
    ended_by   TEXT,
    ended_at   TEXT
) STRICT

CREATE INDEX stay_case ON stay (case_id, from_day, id)

CREATE UNIQUE INDEX stay_open ON stay (case_id) WHERE state = 'OPEN'

CREATE INDEX stay_provider ON stay (provider, state, service, unit, from_day, id)

CREATE INDEX stay_service ON stay (service, state, unit)

CREATE TABLE subject_key (
    subject     TEXT    PRIMARY KEY,
    org         TEXT    NOT NULL REFERENCES org_key (org),
    org_version INTEGER NOT NULL,
    wrapped     BLOB
) STRICT

CREATE INDEX subject_key_org ON subject_key (org, org_version, subject)

CREATE TABLE suspect (
    id         TEXT    PRIMARY KEY,
    version    INTEGER NOT NULL,
    file       TEXT    NOT NULL,
    owner_org  TEXT    NOT NULL,
    n          INTEGER NOT NULL,
    company    INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    since_day  TEXT    NOT NULL,
    name       BLOB,
    aliases    BLOB,
    phone      BLOB,
    role       TEXT    NOT NULL,
    relation   TEXT    NOT NULL,
    official   TEXT    NOT NULL,
    service    TEXT    NOT NULL,
    sex        TEXT    NOT NULL,
    band       TEXT    NOT NULL,
    citizen    TEXT    NOT NULL,
    path       TEXT    NOT NULL,
    by_account TEXT    NOT NULL,
    at         TEXT    NOT NULL
) STRICT

CREATE INDEX suspect_file ON suspect (file, n, id)

CREATE TABLE task (
    id        TEXT    PRIMARY KEY,
    case_id   TEXT    NOT NULL,
    code      TEXT    NOT NULL,
    level     TEXT    NOT NULL,
    owner_org TEXT    NOT NULL,
    screener  TEXT,
    manager   TEXT,
    child     INTEGER NOT NULL,
    deadline  TEXT    NOT NULL,
    since     TEXT    NOT NULL,
    due       TEXT    NOT NULL
) STRICT

CREATE UNIQUE INDEX task_case ON task (case_id, deadline)

CREATE INDEX task_guardian ON task (since, id) WHERE deadline = 'guardian.target'

CREATE INDEX task_manager ON task (manager, due, id)

CREATE INDEX task_owner ON task (owner_org, due, id)

CREATE INDEX task_screener ON task (screener, due, id)

CREATE TABLE transfer (
    id          TEXT    PRIMARY KEY,
    version     INTEGER NOT NULL,
    case_id     TEXT    NOT NULL,
    code        TEXT    NOT NULL,
    owner_org   TEXT    NOT NULL,
    to_org      TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    level       TEXT    NOT NULL,
    child       INTEGER NOT NULL,
    language    TEXT    NOT NULL,
    consent     TEXT    NOT NULL,
    by_account  TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    why         TEXT    NOT NULL,
    answered_by TEXT,
    answered_at TEXT
) STRICT

CREATE INDEX transfer_case ON transfer (case_id, at, id)

CREATE INDEX transfer_owner ON transfer (owner_org, state, at, id)

CREATE INDEX transfer_to ON transfer (to_org, state, at, id)

CREATE TABLE visit (
    id         TEXT PRIMARY KEY,
    case_id    TEXT NOT NULL,
    owner_org  TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at         TEXT NOT NULL,
    moment     TEXT NOT NULL,
    day        TEXT NOT NULL,
    mode       TEXT NOT NULL,
    result     TEXT NOT NULL,
    next_day   TEXT,
    body       BLOB,
    words      BLOB
) STRICT

CREATE INDEX visit_case ON visit (case_id, day, at, id)
