-- The tables after every migration, as postgres describes them. Rewritten by: go test ./internal/store -run TestSchema -update
table account: id text NOT NULL
table account: version integer NOT NULL
table account: org text NOT NULL
table account: name text NOT NULL
table account: shown text NOT NULL
table account: lang text NOT NULL
table account: made text NOT NULL
table account: closed text
constraint account_name_key: UNIQUE (name)
constraint account_org_fkey: FOREIGN KEY (org) REFERENCES organisation(id)
constraint account_pkey: PRIMARY KEY (id)
index account_name_key: CREATE UNIQUE INDEX account_name_key ON account USING btree (name)
index account_org: CREATE INDEX account_org ON account USING btree (org, name, id)
index account_pkey: CREATE UNIQUE INDEX account_pkey ON account USING btree (id)
table account_channel: id text NOT NULL
table account_channel: account text NOT NULL
table account_channel: n integer NOT NULL
table account_channel: kind text NOT NULL
table account_channel: address bytea NOT NULL
constraint account_channel_account_fkey: FOREIGN KEY (account) REFERENCES account(id)
constraint account_channel_pkey: PRIMARY KEY (id)
index account_channel_account: CREATE INDEX account_channel_account ON account_channel USING btree (account, n, id)
index account_channel_pkey: CREATE UNIQUE INDEX account_channel_pkey ON account_channel USING btree (id)
table alert: id text NOT NULL
table alert: to_account text NOT NULL
table alert: key text NOT NULL
table alert: about text NOT NULL
table alert: at text NOT NULL
table alert: rank integer NOT NULL
table alert: state text NOT NULL
table alert: tries integer NOT NULL
table alert: next_at text NOT NULL
table alert: done_at text
table alert: problem text NOT NULL
table alert: reached text
table alert: answered_at text
constraint alert_pkey: PRIMARY KEY (id)
index alert_about: CREATE INDEX alert_about ON alert USING btree (about, state)
index alert_due: CREATE INDEX alert_due ON alert USING btree (state, next_at, id)
index alert_pkey: CREATE UNIQUE INDEX alert_pkey ON alert USING btree (id)
index alert_shown: CREATE INDEX alert_shown ON alert USING btree (to_account, at, id) WHERE (state <> 'HUSHED'::text)
table alert_seen: account text NOT NULL
table alert_seen: until_at text NOT NULL
constraint alert_seen_pkey: PRIMARY KEY (account)
index alert_seen_pkey: CREATE UNIQUE INDEX alert_seen_pkey ON alert_seen USING btree (account)
table assessment: id text NOT NULL
table assessment: case_id text NOT NULL
table assessment: owner_org text NOT NULL
table assessment: at text NOT NULL
table assessment: by_account text NOT NULL
table assessment: moment text NOT NULL
table assessment: level text NOT NULL
table assessment: next_at text
table assessment: found bytea
table assessment: own bytea
table assessment: why bytea
table assessment: plan json NOT NULL
constraint assessment_pkey: PRIMARY KEY (id)
index assessment_case: CREATE INDEX assessment_case ON assessment USING btree (case_id, at, id)
index assessment_pkey: CREATE UNIQUE INDEX assessment_pkey ON assessment USING btree (id)
table attachment: id text NOT NULL
table attachment: case_id text NOT NULL
table attachment: note text
table attachment: owner_org text NOT NULL
table attachment: by_account text NOT NULL
table attachment: at text NOT NULL
table attachment: kind text NOT NULL
table attachment: type text NOT NULL
table attachment: size bigint NOT NULL
table attachment: digest text NOT NULL
table attachment: name bytea
table attachment: subject text
table attachment: removed_at text
table attachment: removed_by text
table attachment: removed_why text
constraint attachment_pkey: PRIMARY KEY (id)
index attachment_case: CREATE INDEX attachment_case ON attachment USING btree (case_id, at, id)
index attachment_note: CREATE INDEX attachment_note ON attachment USING btree (note, at, id)
index attachment_pkey: CREATE UNIQUE INDEX attachment_pkey ON attachment USING btree (id)
table attachment_body: id text NOT NULL
table attachment_body: content bytea NOT NULL
constraint attachment_body_pkey: PRIMARY KEY (id)
index attachment_body_pkey: CREATE UNIQUE INDEX attachment_body_pkey ON attachment_body USING btree (id)
table attempt: door text NOT NULL
table attempt: failures integer NOT NULL
table attempt: last_at text
table attempt: until_at text
constraint attempt_pkey: PRIMARY KEY (door)
index attempt_last: CREATE INDEX attempt_last ON attempt USING btree (last_at, door)
index attempt_pkey: CREATE UNIQUE INDEX attempt_pkey ON attempt USING btree (door)
table attendance: id text NOT NULL
table attendance: episode text NOT NULL
table attendance: day text NOT NULL
table attendance: came text NOT NULL
table attendance: by_account text NOT NULL
table attendance: at text NOT NULL
constraint attendance_pkey: PRIMARY KEY (id)
index attendance_episode: CREATE INDEX attendance_episode ON attendance USING btree (episode, day, at, id)
index attendance_pkey: CREATE UNIQUE INDEX attendance_pkey ON attendance USING btree (id)
table audit_checkpoint: size bigint NOT NULL
table audit_checkpoint: at text NOT NULL
table audit_checkpoint: note text NOT NULL
constraint audit_checkpoint_pkey: PRIMARY KEY (size)
index audit_checkpoint_pkey: CREATE UNIQUE INDEX audit_checkpoint_pkey ON audit_checkpoint USING btree (size)
table audit_entry: seq bigint NOT NULL
table audit_entry: leaf bytea NOT NULL
constraint audit_entry_pkey: PRIMARY KEY (seq)
index audit_entry_pkey: CREATE UNIQUE INDEX audit_entry_pkey ON audit_entry USING btree (seq)
table audit_hash: n bigint NOT NULL
table audit_hash: hash bytea NOT NULL
constraint audit_hash_pkey: PRIMARY KEY (n)
index audit_hash_pkey: CREATE UNIQUE INDEX audit_hash_pkey ON audit_hash USING btree (n)
table audit_key: origin text NOT NULL
table audit_key: verifier text NOT NULL
table audit_key: wrapped bytea NOT NULL
table audit_key: made text NOT NULL
constraint audit_key_pkey: PRIMARY KEY (origin)
index audit_key_pkey: CREATE UNIQUE INDEX audit_key_pkey ON audit_key USING btree (origin)
table audit_mention: record text NOT NULL
table audit_mention: seq bigint NOT NULL
constraint audit_mention_pkey: PRIMARY KEY (record, seq)
index audit_mention_pkey: CREATE UNIQUE INDEX audit_mention_pkey ON audit_mention USING btree (record, seq)
table audit_pending: n bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY
table audit_pending: leaf bytea NOT NULL
constraint audit_pending_pkey: PRIMARY KEY (n)
index audit_pending_pkey: CREATE UNIQUE INDEX audit_pending_pkey ON audit_pending USING btree (n)
table backup: id text NOT NULL
table backup: version integer NOT NULL
table backup: org text NOT NULL
table backup: by_account text NOT NULL
table backup: at text NOT NULL
table backup: answered_by text
table backup: answered_at text
constraint backup_pkey: PRIMARY KEY (id)
index backup_by: CREATE INDEX backup_by ON backup USING btree (by_account, at, id)
index backup_org: CREATE INDEX backup_org ON backup USING btree (org, at, id)
index backup_pkey: CREATE UNIQUE INDEX backup_pkey ON backup USING btree (id)
table business: id text NOT NULL
table business: version integer NOT NULL
table business: case_id text NOT NULL
table business: owner_org text NOT NULL
table business: by_account text NOT NULL
table business: at text NOT NULL
table business: kind text NOT NULL
table business: from_day text NOT NULL
table business: cost_units bigint NOT NULL
table business: currency text NOT NULL
table business: funders json NOT NULL
table business: until_day text
table business: end_reason text NOT NULL
constraint business_pkey: PRIMARY KEY (id)
index business_case: CREATE INDEX business_case ON business USING btree (case_id, from_day, id)
index business_pkey: CREATE UNIQUE INDEX business_pkey ON business USING btree (id)
table charge: id text NOT NULL
table charge: version integer NOT NULL
table charge: file text NOT NULL
table charge: owner_org text NOT NULL
table charge: suspect text NOT NULL
table charge: initial text NOT NULL
table charge: present text NOT NULL
table charge: final text NOT NULL
table charge: on_day text NOT NULL
table charge: by_account text NOT NULL
table charge: at text NOT NULL
table charge: changes json NOT NULL
constraint charge_pkey: PRIMARY KEY (id)
index charge_file: CREATE INDEX charge_file ON charge USING btree (file, at, id)
index charge_pkey: CREATE UNIQUE INDEX charge_pkey ON charge USING btree (id)
table closure: id text NOT NULL
table closure: version integer NOT NULL
table closure: owner_org text NOT NULL
table closure: state text NOT NULL
table closure: by_account text NOT NULL
table closure: at text NOT NULL
table closure: reason text NOT NULL
table closure: checks json NOT NULL
table closure: why bytea
table closure: answered_by text
table closure: answered_at text
table closure: remarks bytea
constraint closure_pkey: PRIMARY KEY (id)
index closure_pkey: CREATE UNIQUE INDEX closure_pkey ON closure USING btree (id)
table complaint: id text NOT NULL
table complaint: version integer NOT NULL
table complaint: owner_org text
table complaint: from_org text NOT NULL
table complaint: keeper_org text NOT NULL
table complaint: state text NOT NULL
table complaint: ended boolean NOT NULL
table complaint: kind text NOT NULL
table complaint: said_by text NOT NULL
table complaint: named text NOT NULL
table complaint: about_case text
table complaint: code text
table complaint: against text NOT NULL
table complaint: worker text
table complaint: by_account text NOT NULL
table complaint: at text NOT NULL
table complaint: due text NOT NULL
table complaint: looked_by text
table complaint: looked_at text
table complaint: end_reason text NOT NULL
table complaint: ended_by text
table complaint: ended_at text
table complaint: words bytea
table complaint: done bytea
table complaint: told bytea
constraint complaint_pkey: PRIMARY KEY (id)
index complaint_about: CREATE INDEX complaint_about ON complaint USING btree (about_case) WHERE (about_case IS NOT NULL)
index complaint_by: CREATE INDEX complaint_by ON complaint USING btree (by_account, ended, due, id)
index complaint_owner: CREATE INDEX complaint_owner ON complaint USING btree (owner_org, ended, due, id)
index complaint_pkey: CREATE UNIQUE INDEX complaint_pkey ON complaint USING btree (id)
table conflict: record text NOT NULL
table conflict: n integer NOT NULL
table conflict: account text
table conflict: org text
table conflict: why text NOT NULL
constraint conflict_pkey: PRIMARY KEY (record, n)
index conflict_account: CREATE INDEX conflict_account ON conflict USING btree (account, record)
index conflict_org: CREATE INDEX conflict_org ON conflict USING btree (org, record)
index conflict_pkey: CREATE UNIQUE INDEX conflict_pkey ON conflict USING btree (record, n)
table consent: id text NOT NULL
table consent: version integer NOT NULL
table consent: case_id text NOT NULL
table consent: owner_org text NOT NULL
table consent: state text NOT NULL
table consent: purpose text NOT NULL
table consent: recipient text
table consent: scope json NOT NULL
table consent: language text NOT NULL
table consent: interpreter text NOT NULL
table consent: mode text NOT NULL
table consent: given_by text NOT NULL
table consent: assent text NOT NULL
table consent: carer_away text NOT NULL
table consent: asked_by text NOT NULL
table consent: at text NOT NULL
table consent: expires text
table consent: withdrawn_at text
table consent: withdrawn_by text
table consent: override text NOT NULL
table consent: legal_basis text NOT NULL
table consent: approved_by text
table consent: person_told text NOT NULL
table consent: witness bytea
table consent: approval text
table consent: approval_at text
table consent: guardian text
table consent: capacity bytea
table consent: ethics text
constraint consent_pkey: PRIMARY KEY (id)
index consent_case: CREATE INDEX consent_case ON consent USING btree (case_id, at, id)
index consent_ends: CREATE INDEX consent_ends ON consent USING btree (expires, id) WHERE ((state = 'GIVEN'::text) AND (expires IS NOT NULL))
index consent_pkey: CREATE UNIQUE INDEX consent_pkey ON consent USING btree (id)
table cover: id text NOT NULL
table cover: version integer NOT NULL
table cover: org text NOT NULL
table cover: away text NOT NULL
table cover: cover text NOT NULL
table cover: from_at text NOT NULL
table cover: until_at text NOT NULL
table cover: by_account text NOT NULL
constraint cover_pkey: PRIMARY KEY (id)
index cover_away: CREATE INDEX cover_away ON cover USING btree (away, until_at)
index cover_cover: CREATE INDEX cover_cover ON cover USING btree (cover, until_at)
index cover_org: CREATE INDEX cover_org ON cover USING btree (org, until_at, id)
index cover_pkey: CREATE UNIQUE INDEX cover_pkey ON cover USING btree (id)
table credential: account text NOT NULL
table credential: version integer NOT NULL
table credential: subject text NOT NULL
table credential: password text NOT NULL
table credential: expires text
table credential: must_change boolean NOT NULL
table credential: enrolled boolean NOT NULL
table credential: secret bytea
table credential: pending bytea
table credential: step bigint NOT NULL
table credential: salt bytea
table credential: codes json NOT NULL
table credential: conduct text NOT NULL
table credential: reset_by text
table credential: reset_at text
constraint credential_account_fkey: FOREIGN KEY (account) REFERENCES account(id)
constraint credential_pkey: PRIMARY KEY (account)
index credential_pkey: CREATE UNIQUE INDEX credential_pkey ON credential USING btree (account)
table criminal_file: id text NOT NULL
table criminal_file: version integer NOT NULL
table criminal_file: code text NOT NULL
table criminal_file: state text NOT NULL
table criminal_file: since_day text NOT NULL
table criminal_file: source text NOT NULL
table criminal_file: unit text NOT NULL
table criminal_file: court_1 text NOT NULL
table criminal_file: court_2 text NOT NULL
table criminal_file: court_3 text NOT NULL
table criminal_file: owner_org text NOT NULL
table criminal_file: office_org text
table criminal_file: bench_1 text
table criminal_file: bench_2 text
table criminal_file: bench_3 text
table criminal_file: level integer NOT NULL
table criminal_file: on_day text NOT NULL
table criminal_file: place text NOT NULL
table criminal_file: place_written bytea
table criminal_file: province text NOT NULL
table criminal_file: commune text NOT NULL
table criminal_file: zone text NOT NULL
table criminal_file: words bytea
table criminal_file: reason text NOT NULL
table criminal_file: first_on text
table criminal_file: book text NOT NULL
table criminal_file: number text NOT NULL
table criminal_file: child boolean NOT NULL
table criminal_file: by_account text NOT NULL
table criminal_file: at text NOT NULL
table criminal_file: changed text NOT NULL
table criminal_file: weight integer NOT NULL
constraint criminal_file_pkey: PRIMARY KEY (id)
index criminal_file_bench_1: CREATE INDEX criminal_file_bench_1 ON criminal_file USING btree (bench_1, weight, changed, id)
index criminal_file_bench_2: CREATE INDEX criminal_file_bench_2 ON criminal_file USING btree (bench_2, weight, changed, id)
index criminal_file_bench_3: CREATE INDEX criminal_file_bench_3 ON criminal_file USING btree (bench_3, weight, changed, id)
index criminal_file_office: CREATE INDEX criminal_file_office ON criminal_file USING btree (office_org, weight, changed, id)
index criminal_file_owner: CREATE INDEX criminal_file_owner ON criminal_file USING btree (owner_org, weight, changed, id)
index criminal_file_pkey: CREATE UNIQUE INDEX criminal_file_pkey ON criminal_file USING btree (id)
table custody: id text NOT NULL
table custody: version integer NOT NULL
table custody: file text NOT NULL
table custody: owner_org text NOT NULL
table custody: suspect text NOT NULL
table custody: from_at text NOT NULL
table custody: extended boolean NOT NULL
table custody: extended_by text
table custody: extended_at text
table custody: due text NOT NULL
table custody: until_at text
table custody: end_reason text NOT NULL
table custody: over text NOT NULL
table custody: by_account text NOT NULL
table custody: at text NOT NULL
constraint custody_pkey: PRIMARY KEY (id)
index custody_file: CREATE INDEX custody_file ON custody USING btree (file, from_at, id)
index custody_pkey: CREATE UNIQUE INDEX custody_pkey ON custody USING btree (id)
table draft: id text NOT NULL
table draft: account text NOT NULL
table draft: form text NOT NULL
table draft: content bytea NOT NULL
table draft: saved text NOT NULL
table draft: until_at text NOT NULL
constraint draft_account_fkey: FOREIGN KEY (account) REFERENCES account(id)
constraint draft_account_form_key: UNIQUE (account, form)
constraint draft_pkey: PRIMARY KEY (id)
index draft_account_form_key: CREATE UNIQUE INDEX draft_account_form_key ON draft USING btree (account, form)
index draft_pkey: CREATE UNIQUE INDEX draft_pkey ON draft USING btree (id)
index draft_until: CREATE INDEX draft_until ON draft USING btree (until_at, id)
table duty: id text NOT NULL
table duty: version integer NOT NULL
table duty: org text NOT NULL
table duty: province text NOT NULL
table duty: account text NOT NULL
table duty: rank integer NOT NULL
table duty: from_at text NOT NULL
table duty: until_at text NOT NULL
constraint duty_pkey: PRIMARY KEY (id)
index duty_account: CREATE INDEX duty_account ON duty USING btree (account, until_at)
index duty_now: CREATE INDEX duty_now ON duty USING btree (province, until_at, from_at, rank, id)
index duty_pkey: CREATE UNIQUE INDEX duty_pkey ON duty USING btree (id)
index duty_time: CREATE INDEX duty_time ON duty USING btree (until_at, from_at, id)
table episode: id text NOT NULL
table episode: version integer NOT NULL
table episode: case_id text NOT NULL
table episode: owner_org text NOT NULL
table episode: state text NOT NULL
table episode: by_account text NOT NULL
table episode: at text NOT NULL
table episode: need text NOT NULL
table episode: service text NOT NULL
table episode: provider text NOT NULL
table episode: deliverer text NOT NULL
table episode: delivered_by text NOT NULL
table episode: funders json NOT NULL
table episode: formal_id boolean NOT NULL
table episode: referral text
table episode: track text NOT NULL
table episode: from_day text NOT NULL
table episode: until_day text
table episode: cost_units bigint NOT NULL
table episode: currency text NOT NULL
table episode: pauses json NOT NULL
table episode: outcome text NOT NULL
table episode: satisfaction integer NOT NULL
table episode: remark bytea
table episode: heard_at text
constraint episode_pkey: PRIMARY KEY (id)
index episode_case: CREATE INDEX episode_case ON episode USING btree (case_id, from_day, id)
index episode_pkey: CREATE UNIQUE INDEX episode_pkey ON episode USING btree (id)
table erasure: id text NOT NULL
table erasure: version integer NOT NULL
table erasure: case_id text
table erasure: signal text
table erasure: code text NOT NULL
table erasure: owner_org text NOT NULL
table erasure: state text NOT NULL
table erasure: open integer NOT NULL
table erasure: ground text NOT NULL
table erasure: rule text NOT NULL
table erasure: reason text NOT NULL
table erasure: given_by text NOT NULL
table erasure: told json NOT NULL
table erasure: by_account text
table erasure: at text NOT NULL
table erasure: why text NOT NULL
table erasure: answered_by text
table erasure: answered_at text
table erasure: guardian text
table erasure: carer_away text
constraint erasure_pkey: PRIMARY KEY (id)
index erasure_all: CREATE INDEX erasure_all ON erasure USING btree (open, at, id)
index erasure_by: CREATE INDEX erasure_by ON erasure USING btree (by_account, open, at, id)
index erasure_case: CREATE INDEX erasure_case ON erasure USING btree (case_id)
index erasure_owner: CREATE INDEX erasure_owner ON erasure USING btree (owner_org, open, at, id)
index erasure_pkey: CREATE UNIQUE INDEX erasure_pkey ON erasure USING btree (id)
index erasure_signal: CREATE INDEX erasure_signal ON erasure USING btree (signal)
table event: id text NOT NULL
table event: case_id text NOT NULL
table event: at text NOT NULL
table event: by_account text
table event: org text
table event: verb text NOT NULL
table event: code text NOT NULL
constraint event_pkey: PRIMARY KEY (id)
index event_case: CREATE INDEX event_case ON event USING btree (case_id, at, id)
index event_pkey: CREATE UNIQUE INDEX event_pkey ON event USING btree (id)
table explanation: id text NOT NULL
table explanation: case_id text NOT NULL
table explanation: owner_org text NOT NULL
table explanation: by_account text NOT NULL
table explanation: at text NOT NULL
table explanation: told text NOT NULL
table explanation: language text NOT NULL
table explanation: interpreter text NOT NULL
constraint explanation_pkey: PRIMARY KEY (id)
index explanation_case: CREATE INDEX explanation_case ON explanation USING btree (case_id, at, id)
index explanation_pkey: CREATE UNIQUE INDEX explanation_pkey ON explanation USING btree (id)
table file_act: id text NOT NULL
table file_act: file text NOT NULL
table file_act: owner_org text NOT NULL
table file_act: kind text NOT NULL
table file_act: on_day text NOT NULL
table file_act: words bytea
table file_act: by_account text NOT NULL
table file_act: at text NOT NULL
constraint file_act_pkey: PRIMARY KEY (id)
index file_act_file: CREATE INDEX file_act_file ON file_act USING btree (file, on_day, id)
index file_act_pkey: CREATE UNIQUE INDEX file_act_pkey ON file_act USING btree (id)
table file_number: file text NOT NULL
table file_number: register text NOT NULL
table file_number: office text NOT NULL
table file_number: plain text NOT NULL
table file_number: written text NOT NULL
constraint file_number_pkey: PRIMARY KEY (file, register)
index file_number_office: CREATE UNIQUE INDEX file_number_office ON file_number USING btree (register, plain, office)
index file_number_pkey: CREATE UNIQUE INDEX file_number_pkey ON file_number USING btree (file, register)
table file_stage: file text NOT NULL
table file_stage: n integer NOT NULL
table file_stage: state text NOT NULL
table file_stage: on_day text NOT NULL
table file_stage: at text NOT NULL
table file_stage: by_account text NOT NULL
table file_stage: by_org text NOT NULL
table file_stage: number text NOT NULL
table file_stage: reason text NOT NULL
table file_stage: who text NOT NULL
table file_stage: level integer NOT NULL
constraint file_stage_pkey: PRIMARY KEY (file, n)
index file_stage_pkey: CREATE UNIQUE INDEX file_stage_pkey ON file_stage USING btree (file, n)
table glass: id text NOT NULL
table glass: version integer NOT NULL
table glass: code text NOT NULL
table glass: case_id text
table glass: owner_org text
table glass: org text NOT NULL
table glass: role text NOT NULL
table glass: state text NOT NULL
table glass: open integer NOT NULL
table glass: reason text NOT NULL
table glass: by_account text NOT NULL
table glass: at text NOT NULL
table glass: until_at text
table glass: answered_by text
table glass: answered_at text
table glass: ended_by text
table glass: ended_at text
constraint glass_pkey: PRIMARY KEY (id)
index glass_all: CREATE INDEX glass_all ON glass USING btree (open, at, id)
index glass_by: CREATE INDEX glass_by ON glass USING btree (by_account, at, id)
index glass_case: CREATE INDEX glass_case ON glass USING btree (case_id, state, until_at)
index glass_owner: CREATE INDEX glass_owner ON glass USING btree (owner_org, open, at, id)
index glass_pkey: CREATE UNIQUE INDEX glass_pkey ON glass USING btree (id)
table guardian: id text NOT NULL
table guardian: version integer NOT NULL
table guardian: case_id text NOT NULL
table guardian: owner_org text NOT NULL
table guardian: kind text NOT NULL
table guardian: relation text NOT NULL
table guardian: by_account text NOT NULL
table guardian: from_at text NOT NULL
table guardian: agreed text NOT NULL
table guardian: authority text NOT NULL
table guardian: act bytea
table guardian: name bytea
table guardian: phone bytea
table guardian: why bytea
table guardian: until_at text
table guardian: end_reason text NOT NULL
constraint guardian_pkey: PRIMARY KEY (id)
index guardian_case: CREATE INDEX guardian_case ON guardian USING btree (case_id, from_at, id)
index guardian_pkey: CREATE UNIQUE INDEX guardian_pkey ON guardian USING btree (id)
table hearing: id text NOT NULL
table hearing: version integer NOT NULL
table hearing: file text NOT NULL
table hearing: owner_org text NOT NULL
table hearing: level integer NOT NULL
table hearing: on_day text NOT NULL
table hearing: closed boolean NOT NULL
table hearing: state text NOT NULL
table hearing: reason text NOT NULL
table hearing: harmed text NOT NULL
table hearing: by_account text NOT NULL
table hearing: at text NOT NULL
table hearing: held_by text
table hearing: held_at text
constraint hearing_pkey: PRIMARY KEY (id)
index hearing_file: CREATE INDEX hearing_file ON hearing USING btree (file, on_day, id)
index hearing_pkey: CREATE UNIQUE INDEX hearing_pkey ON hearing USING btree (id)
table history: record text NOT NULL
table history: version integer NOT NULL
table history: kind text NOT NULL
table history: at text NOT NULL
table history: old json NOT NULL
constraint history_pkey: PRIMARY KEY (record, version)
index history_pkey: CREATE UNIQUE INDEX history_pkey ON history USING btree (record, version)
table homecoming: id text NOT NULL
table homecoming: version integer NOT NULL
table homecoming: owner_org text NOT NULL
table homecoming: by_account text NOT NULL
table homecoming: at text NOT NULL
table homecoming: receiving text
table homecoming: body bytea
table homecoming: texts json NOT NULL
constraint homecoming_pkey: PRIMARY KEY (id)
index homecoming_pkey: CREATE UNIQUE INDEX homecoming_pkey ON homecoming USING btree (id)
table identification: id text NOT NULL
table identification: case_id text NOT NULL
table identification: from_status text NOT NULL
table identification: to_status text NOT NULL
table identification: at text NOT NULL
table identification: by_account text NOT NULL
table identification: org text NOT NULL
table identification: org_type text NOT NULL
table identification: basis text NOT NULL
table identification: legal_basis text NOT NULL
table identification: decided_day text
table identification: law bytea
table identification: document bytea
table identification: review text
constraint identification_pkey: PRIMARY KEY (id)
index identification_case: CREATE INDEX identification_case ON identification USING btree (case_id, at, id)
index identification_pkey: CREATE UNIQUE INDEX identification_pkey ON identification USING btree (id)
table index_token: org text NOT NULL
table index_token: kind text NOT NULL
table index_token: token bytea NOT NULL
table index_token: subject_kind text NOT NULL
table index_token: subject text NOT NULL
constraint index_token_pkey: PRIMARY KEY (org, kind, token, subject_kind, subject)
index index_token_pkey: CREATE UNIQUE INDEX index_token_pkey ON index_token USING btree (org, kind, token, subject_kind, subject)
index index_token_subject: CREATE INDEX index_token_subject ON index_token USING btree (subject)
table inquiry: id text NOT NULL
table inquiry: version integer NOT NULL
table inquiry: case_id text NOT NULL
table inquiry: owner_org text NOT NULL
table inquiry: reason text NOT NULL
table inquiry: by_account text NOT NULL
table inquiry: at text NOT NULL
table inquiry: looked_at text
table inquiry: told_org text
table inquiry: told_who text
table inquiry: told_code text
table inquiry: told_at text
constraint inquiry_pkey: PRIMARY KEY (id)
index inquiry_by: CREATE INDEX inquiry_by ON inquiry USING btree (by_account, at, id)
index inquiry_case: CREATE INDEX inquiry_case ON inquiry USING btree (case_id, at, id)
index inquiry_pkey: CREATE UNIQUE INDEX inquiry_pkey ON inquiry USING btree (id)
index inquiry_waits: CREATE INDEX inquiry_waits ON inquiry USING btree (at, id) WHERE (looked_at IS NULL)
table inspection: id text NOT NULL
table inspection: service text NOT NULL
table inspection: org text NOT NULL
table inspection: day text NOT NULL
table inspection: by_account text NOT NULL
table inspection: at text NOT NULL
table inspection: met json NOT NULL
table inspection: right_by text
constraint inspection_pkey: PRIMARY KEY (id)
index inspection_pkey: CREATE UNIQUE INDEX inspection_pkey ON inspection USING btree (id)
index inspection_service: CREATE INDEX inspection_service ON inspection USING btree (service, day, at, id)
table interests: id text NOT NULL
table interests: case_id text NOT NULL
table interests: owner_org text NOT NULL
table interests: at text NOT NULL
table interests: by_account text NOT NULL
table interests: about text NOT NULL
table interests: taking bytea
table interests: views bytea
table interests: pro bytea
table interests: risks bytea
table interests: result bytea
table interests: decision text
table interests: review text
table interests: sitting bytea
table interests: options bytea
table interests: dissent bytea
constraint interests_pkey: PRIMARY KEY (id)
index interests_case: CREATE INDEX interests_case ON interests USING btree (case_id, at, id)
index interests_pkey: CREATE UNIQUE INDEX interests_pkey ON interests USING btree (id)
table jotting: id text NOT NULL
table jotting: version integer NOT NULL
table jotting: case_id text NOT NULL
table jotting: owner_org text NOT NULL
table jotting: by_account text NOT NULL
table jotting: at text NOT NULL
table jotting: words bytea
table jotting: safe text NOT NULL
table jotting: next_step text NOT NULL
table jotting: consent text NOT NULL
table jotting: topics json NOT NULL
table jotting: told_to text NOT NULL
table jotting: told_on text
table jotting: sorted_by text
table jotting: sorted_at text
constraint jotting_pkey: PRIMARY KEY (id)
index jotting_case: CREATE INDEX jotting_case ON jotting USING btree (case_id, at, id)
index jotting_pkey: CREATE UNIQUE INDEX jotting_pkey ON jotting USING btree (id)
table judgment: id text NOT NULL
table judgment: file text NOT NULL
table judgment: charge text NOT NULL
table judgment: suspect text NOT NULL
table judgment: level integer NOT NULL
table judgment: round integer NOT NULL
table judgment: on_day text NOT NULL
table judgment: verdict text NOT NULL
table judgment: effect text NOT NULL
table judgment: offence text NOT NULL
table judgment: life boolean NOT NULL
table judgment: months integer NOT NULL
table judgment: suspended integer NOT NULL
table judgment: fine bigint NOT NULL
table judgment: damages bigint NOT NULL
table judgment: confiscated boolean NOT NULL
table judgment: by_account text NOT NULL
table judgment: at text NOT NULL
constraint judgment_pkey: PRIMARY KEY (id)
index judgment_file: CREATE INDEX judgment_file ON judgment USING btree (file, round, at, id)
index judgment_pkey: CREATE UNIQUE INDEX judgment_pkey ON judgment USING btree (id)
index judgment_round: CREATE UNIQUE INDEX judgment_round ON judgment USING btree (charge, round)
table legacy_draft: id text NOT NULL
table legacy_draft: version integer NOT NULL
table legacy_draft: owner_org text NOT NULL
table legacy_draft: by_account text NOT NULL
table legacy_draft: at text NOT NULL
table legacy_draft: until_at text NOT NULL
table legacy_draft: size integer NOT NULL
table legacy_draft: mapping bytea NOT NULL
table legacy_draft: content bytea NOT NULL
constraint legacy_draft_pkey: PRIMARY KEY (id)
index legacy_draft_by: CREATE INDEX legacy_draft_by ON legacy_draft USING btree (by_account, at, id)
index legacy_draft_pkey: CREATE UNIQUE INDEX legacy_draft_pkey ON legacy_draft USING btree (id)
index legacy_draft_until: CREATE INDEX legacy_draft_until ON legacy_draft USING btree (until_at)
table legacy_list: id text NOT NULL
table legacy_list: version integer NOT NULL
table legacy_list: owner_org text NOT NULL
table legacy_list: name text NOT NULL
table legacy_list: state text NOT NULL
table legacy_list: mark bytea NOT NULL
table legacy_list: by_account text
table legacy_list: begun_at text NOT NULL
table legacy_list: done_at text
table legacy_list: loaded integer NOT NULL
table legacy_list: people integer NOT NULL
table legacy_list: repeats integer NOT NULL
table legacy_list: layout bytea
constraint legacy_list_pkey: PRIMARY KEY (id)
index legacy_list_begun: CREATE INDEX legacy_list_begun ON legacy_list USING btree (owner_org, begun_at, id)
index legacy_list_mark: CREATE UNIQUE INDEX legacy_list_mark ON legacy_list USING btree (owner_org, mark)
index legacy_list_pkey: CREATE UNIQUE INDEX legacy_list_pkey ON legacy_list USING btree (id)
table legacy_record: id text NOT NULL
table legacy_record: list text NOT NULL
table legacy_record: line integer NOT NULL
table legacy_record: people integer NOT NULL
table legacy_record: counted integer NOT NULL
table legacy_record: event_when text
table legacy_record: event_from text
table legacy_record: event_until text
table legacy_record: sex text NOT NULL
table legacy_record: age_band text NOT NULL
table legacy_record: nationality text NOT NULL
table legacy_record: forms text NOT NULL
table legacy_record: responder text NOT NULL
table legacy_record: responder_type text NOT NULL
table legacy_record: status text NOT NULL
table legacy_record: place text NOT NULL
table legacy_record: place_written bytea
table legacy_record: province text NOT NULL
table legacy_record: commune text NOT NULL
table legacy_record: zone text NOT NULL
table legacy_record: given bytea
table legacy_record: same_as text
constraint legacy_record_list_fkey: FOREIGN KEY (list) REFERENCES legacy_list(id)
constraint legacy_record_pkey: PRIMARY KEY (id)
index legacy_record_line: CREATE UNIQUE INDEX legacy_record_line ON legacy_record USING btree (list, line)
index legacy_record_pkey: CREATE UNIQUE INDEX legacy_record_pkey ON legacy_record USING btree (id)
table legal_hold: id text NOT NULL
table legal_hold: version integer NOT NULL
table legal_hold: case_id text NOT NULL
table legal_hold: owner_org text NOT NULL
table legal_hold: why text NOT NULL
table legal_hold: until_at text NOT NULL
table legal_hold: by_account text NOT NULL
table legal_hold: at text NOT NULL
table legal_hold: lifted_by text
table legal_hold: lifted_at text
constraint legal_hold_pkey: PRIMARY KEY (id)
index legal_hold_case: CREATE INDEX legal_hold_case ON legal_hold USING btree (case_id, at, id)
index legal_hold_pkey: CREATE UNIQUE INDEX legal_hold_pkey ON legal_hold USING btree (id)
table liaison: id text NOT NULL
table liaison: version integer NOT NULL
table liaison: inquiry text NOT NULL
table liaison: reference text NOT NULL
table liaison: case_id text NOT NULL
table liaison: owner_org text NOT NULL
table liaison: state text NOT NULL
table liaison: waits integer NOT NULL
table liaison: at text NOT NULL
table liaison: due text NOT NULL
table liaison: answered_by text
table liaison: answered_at text
table liaison: ended_by text
table liaison: ended_at text
constraint liaison_pkey: PRIMARY KEY (id)
index liaison_all: CREATE INDEX liaison_all ON liaison USING btree (waits, due, id)
index liaison_case: CREATE INDEX liaison_case ON liaison USING btree (case_id, at, id)
index liaison_inquiry: CREATE INDEX liaison_inquiry ON liaison USING btree (inquiry)
index liaison_owner: CREATE INDEX liaison_owner ON liaison USING btree (owner_org, waits, due, id)
index liaison_pkey: CREATE UNIQUE INDEX liaison_pkey ON liaison USING btree (id)
table likeness: id text NOT NULL
table likeness: version integer NOT NULL
table likeness: owner_org text NOT NULL
table likeness: first_case text NOT NULL
table likeness: second_case text NOT NULL
table likeness: state text NOT NULL
table likeness: unsure boolean NOT NULL
table likeness: by_account text
table likeness: at text NOT NULL
table likeness: decided_by text
table likeness: decided_at text
table likeness: kept_case text
table likeness: until_at text
table likeness: was json NOT NULL
table likeness: carried json NOT NULL
constraint likeness_pkey: PRIMARY KEY (id)
index likeness_owner: CREATE INDEX likeness_owner ON likeness USING btree (owner_org, state, at, id)
index likeness_pair: CREATE UNIQUE INDEX likeness_pair ON likeness USING btree (first_case, second_case)
index likeness_pkey: CREATE UNIQUE INDEX likeness_pkey ON likeness USING btree (id)
index likeness_second: CREATE INDEX likeness_second ON likeness USING btree (second_case, id)
table org_key: org text NOT NULL
table org_key: version integer NOT NULL
table org_key: holder text NOT NULL
table org_key: wrapped bytea NOT NULL
constraint org_key_pkey: PRIMARY KEY (org)
index org_key_pkey: CREATE UNIQUE INDEX org_key_pkey ON org_key USING btree (org)
table organisation: id text NOT NULL
table organisation: version integer NOT NULL
table organisation: name text NOT NULL
table organisation: kind text NOT NULL
table organisation: place text NOT NULL
table organisation: closed text
constraint organisation_pkey: PRIMARY KEY (id)
index organisation_name: CREATE INDEX organisation_name ON organisation USING btree (name, id)
index organisation_pkey: CREATE UNIQUE INDEX organisation_pkey ON organisation USING btree (id)
table people_group: id text NOT NULL
table people_group: version integer NOT NULL
table people_group: signal text NOT NULL
table people_group: owner_org text NOT NULL
table people_group: size integer NOT NULL
table people_group: place text NOT NULL
table people_group: place_written bytea
table people_group: met text NOT NULL
table people_group: handler text NOT NULL
table people_group: opened_by text
constraint people_group_pkey: PRIMARY KEY (id)
index people_group_pkey: CREATE UNIQUE INDEX people_group_pkey ON people_group USING btree (id)
index people_group_signal: CREATE INDEX people_group_signal ON people_group USING btree (signal)
table person: id text NOT NULL
table person: version integer NOT NULL
table person: owner_org text NOT NULL
table person: name bytea
table person: called bytea
table person: other bytea
table person: born bytea
table person: document bytea
table person: home bytea
table person: phone bytea
table person: hours text NOT NULL
table person: phrase bytea
table person: avoid bytea
table person: may text NOT NULL
constraint person_pkey: PRIMARY KEY (id)
index person_pkey: CREATE UNIQUE INDEX person_pkey ON person USING btree (id)
table plan: id text NOT NULL
table plan: version integer NOT NULL
table plan: case_id text NOT NULL
table plan: owner_org text NOT NULL
table plan: state text NOT NULL
table plan: by_account text NOT NULL
table plan: at text NOT NULL
table plan: track text NOT NULL
table plan: agreed json NOT NULL
table plan: answered_by text
table plan: answered_at text
table plan: review text
table plan: next_what text NOT NULL
table plan: next_at text
table plan: answer_by text
table plan: body bytea
table plan: texts json NOT NULL
constraint plan_pkey: PRIMARY KEY (id)
index plan_case: CREATE UNIQUE INDEX plan_case ON plan USING btree (case_id)
index plan_pkey: CREATE UNIQUE INDEX plan_pkey ON plan USING btree (id)
table plan_queue: id text NOT NULL
table plan_queue: waits integer NOT NULL
table plan_queue: case_id text NOT NULL
table plan_queue: code text NOT NULL
table plan_queue: owner_org text NOT NULL
table plan_queue: by_account text NOT NULL
table plan_queue: screener text
table plan_queue: manager text
table plan_queue: child boolean NOT NULL
table plan_queue: level text NOT NULL
table plan_queue: state text NOT NULL
table plan_queue: track text NOT NULL
table plan_queue: what text NOT NULL
table plan_queue: due_at text NOT NULL
constraint plan_queue_pkey: PRIMARY KEY (id, waits)
index plan_queue_by: CREATE INDEX plan_queue_by ON plan_queue USING btree (by_account, owner_org, waits, due_at, id)
index plan_queue_case: CREATE INDEX plan_queue_case ON plan_queue USING btree (case_id)
index plan_queue_manager: CREATE INDEX plan_queue_manager ON plan_queue USING btree (manager, owner_org, waits, due_at, id)
index plan_queue_org: CREATE INDEX plan_queue_org ON plan_queue USING btree (owner_org, waits, due_at, id)
index plan_queue_pkey: CREATE UNIQUE INDEX plan_queue_pkey ON plan_queue USING btree (id, waits)
index plan_queue_screener: CREATE INDEX plan_queue_screener ON plan_queue USING btree (screener, owner_org, waits, due_at, id)
table post: id text NOT NULL
table post: account text NOT NULL
table post: role text NOT NULL
table post: org text NOT NULL
table post: place text NOT NULL
table post: from_at text NOT NULL
table post: until_at text
constraint post_account_fkey: FOREIGN KEY (account) REFERENCES account(id)
constraint post_org_fkey: FOREIGN KEY (org) REFERENCES organisation(id)
constraint post_pkey: PRIMARY KEY (id)
index post_account: CREATE INDEX post_account ON post USING btree (account, from_at, id)
index post_org: CREATE INDEX post_org ON post USING btree (org, account)
index post_pkey: CREATE UNIQUE INDEX post_pkey ON post USING btree (id)
index post_role: CREATE INDEX post_role ON post USING btree (role, org, account)
table progress: id text NOT NULL
table progress: referral text NOT NULL
table progress: case_id text NOT NULL
table progress: owner_org text NOT NULL
table progress: org text NOT NULL
table progress: kind text NOT NULL
table progress: day text NOT NULL
table progress: codes json NOT NULL
table progress: words bytea
table progress: by_account text NOT NULL
table progress: at text NOT NULL
constraint progress_pkey: PRIMARY KEY (id)
index progress_case: CREATE INDEX progress_case ON progress USING btree (case_id, id)
index progress_pkey: CREATE UNIQUE INDEX progress_pkey ON progress USING btree (id)
index progress_referral: CREATE INDEX progress_referral ON progress USING btree (referral, at, id)
table protection_case: id text NOT NULL
table protection_case: version integer NOT NULL
table protection_case: code text NOT NULL
table protection_case: owner_org text NOT NULL
table protection_case: person text NOT NULL
table protection_case: signal text
table protection_case: people_group text
table protection_case: state text NOT NULL
table protection_case: since text NOT NULL
table protection_case: opened text NOT NULL
table protection_case: opened_by text
table protection_case: reason text NOT NULL
table protection_case: status text NOT NULL
table protection_case: level text NOT NULL
table protection_case: weight integer NOT NULL
table protection_case: reasons json NOT NULL
table protection_case: health_from text
table protection_case: screener text
table protection_case: manager text
table protection_case: ratification text NOT NULL
table protection_case: verdict text NOT NULL
table protection_case: presumed_by text
table protection_case: presumed_at text
table protection_case: ratify_by text
table protection_case: ratified_by text
table protection_case: ratified_at text
table protection_case: return_words bytea
table protection_case: sex text NOT NULL
table protection_case: age text
table protection_case: child boolean NOT NULL
table protection_case: language text NOT NULL
table protection_case: place text NOT NULL
table protection_case: place_written bytea
table protection_case: province text NOT NULL
table protection_case: commune text NOT NULL
table protection_case: zone text NOT NULL
table protection_case: internal text NOT NULL
table protection_case: open integer NOT NULL
table protection_case: seat integer NOT NULL
table protection_case: adult text
table protection_case: prior text
table protection_case: joined text
table protection_case: halted_from text
table protection_case: halted_why text
table protection_case: held json
constraint protection_case_pkey: PRIMARY KEY (id)
index protection_case_code: CREATE UNIQUE INDEX protection_case_code ON protection_case USING btree (owner_org, code)
index protection_case_coded: CREATE INDEX protection_case_coded ON protection_case USING btree (code, id)
index protection_case_commune: CREATE INDEX protection_case_commune ON protection_case USING btree (owner_org, commune, state, weight, since, id) WHERE (open = 1)
index protection_case_group: CREATE INDEX protection_case_group ON protection_case USING btree (people_group, id)
index protection_case_joined: CREATE INDEX protection_case_joined ON protection_case USING btree (joined) WHERE (joined IS NOT NULL)
index protection_case_manager: CREATE INDEX protection_case_manager ON protection_case USING btree (manager, owner_org, weight, since, id) WHERE (open = 1)
index protection_case_manages: CREATE INDEX protection_case_manages ON protection_case USING btree (manager, owner_org, state, weight, since, id)
index protection_case_open: CREATE INDEX protection_case_open ON protection_case USING btree (owner_org, weight, since, id) WHERE (open = 1)
index protection_case_opener: CREATE INDEX protection_case_opener ON protection_case USING btree (opened_by, owner_org, weight, since, id) WHERE (open = 1)
index protection_case_opens: CREATE INDEX protection_case_opens ON protection_case USING btree (opened_by, owner_org, state, weight, since, id)
index protection_case_person: CREATE INDEX protection_case_person ON protection_case USING btree (person)
index protection_case_pkey: CREATE UNIQUE INDEX protection_case_pkey ON protection_case USING btree (id)
index protection_case_province: CREATE INDEX protection_case_province ON protection_case USING btree (owner_org, province, state, weight, since, id) WHERE (open = 1)
index protection_case_resumed: CREATE INDEX protection_case_resumed ON protection_case USING btree (manager, owner_org, weight, since, id) WHERE ((open = 1) AND (ratification = 'RETURNED'::text))
index protection_case_returned: CREATE INDEX protection_case_returned ON protection_case USING btree (screener, owner_org, weight, since, id) WHERE ((open = 1) AND (ratification = 'RETURNED'::text))
index protection_case_screener: CREATE INDEX protection_case_screener ON protection_case USING btree (screener, owner_org, weight, since, id) WHERE (open = 1)
index protection_case_screens: CREATE INDEX protection_case_screens ON protection_case USING btree (screener, owner_org, state, weight, since, id)
index protection_case_seat: CREATE INDEX protection_case_seat ON protection_case USING btree (owner_org, weight, since, id) WHERE ((open = 1) AND (seat = 1))
index protection_case_signal: CREATE INDEX protection_case_signal ON protection_case USING btree (signal)
index protection_case_state: CREATE INDEX protection_case_state ON protection_case USING btree (owner_org, state, weight, since, id)
index protection_case_waiting: CREATE INDEX protection_case_waiting ON protection_case USING btree (owner_org, weight, since, id) WHERE ((open = 1) AND (ratification = 'WAITING'::text))
table pseudonym: token bytea NOT NULL
table pseudonym: case_id text NOT NULL
table pseudonym: key_version integer NOT NULL
table pseudonym: until_at text
constraint pseudonym_pkey: PRIMARY KEY (token, case_id)
index pseudonym_case: CREATE INDEX pseudonym_case ON pseudonym USING btree (case_id)
index pseudonym_pkey: CREATE UNIQUE INDEX pseudonym_pkey ON pseudonym USING btree (token, case_id)
index pseudonym_until: CREATE INDEX pseudonym_until ON pseudonym USING btree (until_at) WHERE (until_at IS NOT NULL)
table referral: id text NOT NULL
table referral: version integer NOT NULL
table referral: case_id text NOT NULL
table referral: code text NOT NULL
table referral: from_org text NOT NULL
table referral: to_org text NOT NULL
table referral: service text NOT NULL
table referral: need text NOT NULL
table referral: state text NOT NULL
table referral: live integer NOT NULL
table referral: level text NOT NULL
table referral: weight integer NOT NULL
table referral: emergency boolean NOT NULL
table referral: consent text
table referral: previous text
table referral: by_account text NOT NULL
table referral: sent_at text NOT NULL
table referral: ack_by text NOT NULL
table referral: acked_at text
table referral: answered_at text
table referral: answered_by text
table referral: arrival_at text
table referral: arrived_at text
table referral: reason text NOT NULL
table referral: client_refused boolean NOT NULL
table referral: child boolean NOT NULL
table referral: open_asks integer NOT NULL
table referral: health_from text
table referral: packet bytea
table referral: packet_words json NOT NULL
table referral: asks json NOT NULL
table referral: over_at text
table referral: burnt_at text
table referral: unshared_at text
table referral: kept text
constraint referral_pkey: PRIMARY KEY (id)
index referral_case: CREATE INDEX referral_case ON referral USING btree (case_id, sent_at, id)
index referral_late: CREATE INDEX referral_late ON referral USING btree (state, ack_by, id)
index referral_pkey: CREATE UNIQUE INDEX referral_pkey ON referral USING btree (id)
table referral_queue: id text NOT NULL
table referral_queue: case_id text NOT NULL
table referral_queue: from_org text NOT NULL
table referral_queue: to_org text NOT NULL
table referral_queue: by_account text NOT NULL
table referral_queue: screener text
table referral_queue: manager text
table referral_queue: state text NOT NULL
table referral_queue: waits integer NOT NULL
table referral_queue: child boolean NOT NULL
table referral_queue: weight integer NOT NULL
table referral_queue: ack_by text NOT NULL
table referral_queue: over_at text
constraint referral_queue_pkey: PRIMARY KEY (id)
index referral_by: CREATE INDEX referral_by ON referral_queue USING btree (by_account, from_org, waits, weight, ack_by, id)
index referral_by_state: CREATE INDEX referral_by_state ON referral_queue USING btree (by_account, from_org, state, weight, ack_by, id)
index referral_in: CREATE INDEX referral_in ON referral_queue USING btree (to_org, waits, weight, ack_by, id)
index referral_in_state: CREATE INDEX referral_in_state ON referral_queue USING btree (to_org, state, weight, ack_by, id)
index referral_inside: CREATE INDEX referral_inside ON referral_queue USING btree (to_org, waits, weight, ack_by, id) WHERE (from_org = to_org)
index referral_inside_state: CREATE INDEX referral_inside_state ON referral_queue USING btree (to_org, state, weight, ack_by, id) WHERE (from_org = to_org)
index referral_manager: CREATE INDEX referral_manager ON referral_queue USING btree (manager, from_org, waits, weight, ack_by, id)
index referral_manager_state: CREATE INDEX referral_manager_state ON referral_queue USING btree (manager, from_org, state, weight, ack_by, id)
index referral_out: CREATE INDEX referral_out ON referral_queue USING btree (from_org, waits, weight, ack_by, id)
index referral_out_state: CREATE INDEX referral_out_state ON referral_queue USING btree (from_org, state, weight, ack_by, id)
index referral_queue_case: CREATE INDEX referral_queue_case ON referral_queue USING btree (case_id)
index referral_queue_pkey: CREATE UNIQUE INDEX referral_queue_pkey ON referral_queue USING btree (id)
index referral_screener: CREATE INDEX referral_screener ON referral_queue USING btree (screener, from_org, waits, weight, ack_by, id)
index referral_screener_state: CREATE INDEX referral_screener_state ON referral_queue USING btree (screener, from_org, state, weight, ack_by, id)
index referral_spent: CREATE INDEX referral_spent ON referral_queue USING btree (over_at, id)
index referral_unanswered: CREATE INDEX referral_unanswered ON referral_queue USING btree (state, weight, ack_by, id)
index referral_waits: CREATE INDEX referral_waits ON referral_queue USING btree (waits, weight, ack_by, id)
table reflection: id text NOT NULL
table reflection: version integer NOT NULL
table reflection: owner_org text NOT NULL
table reflection: state text NOT NULL
table reflection: by_account text NOT NULL
table reflection: at text NOT NULL
table reflection: offered text
table reflection: from_at text
table reflection: until_at text
table reflection: sheltered text NOT NULL
table reflection: why text NOT NULL
constraint reflection_pkey: PRIMARY KEY (id)
index reflection_pkey: CREATE UNIQUE INDEX reflection_pkey ON reflection USING btree (id)
table reporter: id text NOT NULL
table reporter: version integer NOT NULL
table reporter: signal text NOT NULL
table reporter: owner_org text NOT NULL
table reporter: name bytea
table reporter: relation text NOT NULL
table reporter: phone bytea
table reporter: hours text NOT NULL
table reporter: phrase bytea
table reporter: avoid bytea
table reporter: may text NOT NULL
constraint reporter_pkey: PRIMARY KEY (id)
index reporter_pkey: CREATE UNIQUE INDEX reporter_pkey ON reporter USING btree (id)
index reporter_signal: CREATE INDEX reporter_signal ON reporter USING btree (signal)
table review: id text NOT NULL
table review: version integer NOT NULL
table review: case_id text NOT NULL
table review: owner_org text NOT NULL
table review: state text NOT NULL
table review: by_account text NOT NULL
table review: at text NOT NULL
table review: asker text NOT NULL
table review: why bytea
table review: outcome text NOT NULL
table review: decided_by text
table review: decided_at text
table review: words bytea
constraint review_pkey: PRIMARY KEY (id)
index review_case: CREATE INDEX review_case ON review USING btree (case_id, at, id)
index review_open: CREATE UNIQUE INDEX review_open ON review USING btree (case_id) WHERE (state = 'ASKED'::text)
index review_pkey: CREATE UNIQUE INDEX review_pkey ON review USING btree (id)
table screening: id text NOT NULL
table screening: version integer NOT NULL
table screening: case_id text NOT NULL
table screening: owner_org text NOT NULL
table screening: by_account text NOT NULL
table screening: state text NOT NULL
table screening: started text NOT NULL
table screening: ended text
table screening: private text NOT NULL
table screening: apart text NOT NULL
table screening: interpreter text NOT NULL
table screening: language text NOT NULL
table screening: urgent json NOT NULL
table screening: limits_said boolean NOT NULL
table screening: consent text
table screening: account_told bytea
table screening: heard bytea
table screening: profile text NOT NULL
table screening: exploited text NOT NULL
table screening: act text NOT NULL
table screening: purpose json NOT NULL
table screening: wants bytea
table screening: suggestion json NOT NULL
table screening: verdict text NOT NULL
table screening: reason text NOT NULL
table screening: words bytea
table screening: decided_by text
table screening: decided_at text
table screening: again text
constraint screening_pkey: PRIMARY KEY (id)
index screening_case: CREATE INDEX screening_case ON screening USING btree (case_id, started, id)
index screening_pkey: CREATE UNIQUE INDEX screening_pkey ON screening USING btree (id)
table sealed_note: id text NOT NULL
table sealed_note: version integer NOT NULL
table sealed_note: case_id text NOT NULL
table sealed_note: owner_org text NOT NULL
table sealed_note: by_account text NOT NULL
table sealed_note: at text NOT NULL
table sealed_note: kind text NOT NULL
table sealed_note: words bytea
table sealed_note: readers json NOT NULL
constraint sealed_note_pkey: PRIMARY KEY (id)
index sealed_note_pkey: CREATE UNIQUE INDEX sealed_note_pkey ON sealed_note USING btree (id)
table sealed_reader: account text NOT NULL
table sealed_reader: note text NOT NULL
table sealed_reader: owner_org text NOT NULL
table sealed_reader: case_id text NOT NULL
table sealed_reader: at text NOT NULL
constraint sealed_reader_pkey: PRIMARY KEY (note, account)
index sealed_reader_account: CREATE INDEX sealed_reader_account ON sealed_reader USING btree (account, at, note)
index sealed_reader_case: CREATE INDEX sealed_reader_case ON sealed_reader USING btree (account, case_id, at, note)
index sealed_reader_pkey: CREATE UNIQUE INDEX sealed_reader_pkey ON sealed_reader USING btree (note, account)
table service: id text NOT NULL
table service: version integer NOT NULL
table service: org text NOT NULL
table service: need text NOT NULL
table service: name text NOT NULL
table service: active boolean NOT NULL
table service: sexes json NOT NULL
table service: age_from integer NOT NULL
table service: age_to integer NOT NULL
table service: with_children boolean NOT NULL
table service: disability boolean NOT NULL
table service: languages json NOT NULL
table service: places json NOT NULL
table service: hours text NOT NULL
table service: formal_id boolean NOT NULL
table service: hidden boolean NOT NULL
table service: free integer NOT NULL
table service: capacity integer NOT NULL
table service: confirmed_at text NOT NULL
table service: checked_at text
table service: units json
table service: checked_day text
table service: points bigint
table service: right_by text
constraint service_pkey: PRIMARY KEY (id)
index service_need: CREATE INDEX service_need ON service USING btree (need, org, id)
index service_org: CREATE INDEX service_org ON service USING btree (org, id)
index service_pkey: CREATE UNIQUE INDEX service_pkey ON service USING btree (id)
table session: id text NOT NULL
table session: version integer NOT NULL
table session: account text NOT NULL
table session: token text NOT NULL
table session: device text NOT NULL
table session: second boolean NOT NULL
table session: skipped boolean NOT NULL
table session: locked boolean NOT NULL
table session: renew boolean NOT NULL
table session: post text
table session: made text NOT NULL
table session: until_at text NOT NULL
table session: ended text
constraint session_account_fkey: FOREIGN KEY (account) REFERENCES account(id)
constraint session_pkey: PRIMARY KEY (id)
constraint session_token_key: UNIQUE (token)
index session_account: CREATE INDEX session_account ON session USING btree (account, made, id)
index session_pkey: CREATE UNIQUE INDEX session_pkey ON session USING btree (id)
index session_token_key: CREATE UNIQUE INDEX session_token_key ON session USING btree (token)
index session_until: CREATE INDEX session_until ON session USING btree (until_at, id)
table session_seen: session text NOT NULL
table session_seen: seen text NOT NULL
constraint session_seen_pkey: PRIMARY KEY (session)
index session_seen_pkey: CREATE UNIQUE INDEX session_seen_pkey ON session_seen USING btree (session)
table signal: id text NOT NULL
table signal: version integer NOT NULL
table signal: state text NOT NULL
table signal: channel text NOT NULL
table signal: danger_now text NOT NULL
table signal: place text NOT NULL
table signal: place_written bytea
table signal: province text NOT NULL
table signal: commune text NOT NULL
table signal: zone text NOT NULL
table signal: spot bytea
table signal: seen_when text
table signal: seen bytea
table signal: people integer NOT NULL
table signal: children text NOT NULL
table signal: reporter text
table signal: raised_by text
table signal: raised_org text
table signal: raised_at text NOT NULL
table signal: received_at text NOT NULL
table signal: paper boolean NOT NULL
table signal: receipt text NOT NULL
table signal: owner_org text NOT NULL
table signal: taken_by text
table signal: taken_at text
table signal: level text NOT NULL
table signal: weight integer NOT NULL
table signal: reasons json NOT NULL
table signal: health_from text
table signal: triaged_by text
table signal: triaged_at text
table signal: outcome text NOT NULL
table signal: need text NOT NULL
table signal: same_as text
table signal: people_group text
table signal: open integer NOT NULL
table signal: raised_hour text
constraint signal_pkey: PRIMARY KEY (id)
index signal_all: CREATE INDEX signal_all ON signal USING btree (owner_org, weight, received_at, id)
index signal_child: CREATE INDEX signal_child ON signal USING btree (children, open, weight, received_at, id)
index signal_child_all: CREATE INDEX signal_child_all ON signal USING btree (children, weight, received_at, id)
index signal_child_commune: CREATE INDEX signal_child_commune ON signal USING btree (commune, open, weight, received_at, id) WHERE (children = 'yes'::text)
index signal_child_province: CREATE INDEX signal_child_province ON signal USING btree (province, open, weight, received_at, id) WHERE (children = 'yes'::text)
index signal_commune: CREATE INDEX signal_commune ON signal USING btree (owner_org, commune, open, weight, received_at, id)
index signal_made: CREATE INDEX signal_made ON signal USING btree (raised_by, open, weight, received_at, id)
index signal_made_all: CREATE INDEX signal_made_all ON signal USING btree (raised_by, owner_org, weight, received_at, id)
index signal_near: CREATE INDEX signal_near ON signal USING btree (owner_org, commune, received_at, id)
index signal_pkey: CREATE UNIQUE INDEX signal_pkey ON signal USING btree (id)
index signal_province: CREATE INDEX signal_province ON signal USING btree (owner_org, province, open, weight, received_at, id)
index signal_queue: CREATE INDEX signal_queue ON signal USING btree (owner_org, open, weight, received_at, id)
index signal_raised: CREATE INDEX signal_raised ON signal USING btree (raised_by, received_at, id)
index signal_taken: CREATE INDEX signal_taken ON signal USING btree (taken_by, owner_org, open, weight, received_at, id)
index signal_taken_all: CREATE INDEX signal_taken_all ON signal USING btree (taken_by, owner_org, weight, received_at, id)
table stay: id text NOT NULL
table stay: version integer NOT NULL
table stay: case_id text NOT NULL
table stay: code text NOT NULL
table stay: owner_org text NOT NULL
table stay: referral text NOT NULL
table stay: service text NOT NULL
table stay: provider text NOT NULL
table stay: state text NOT NULL
table stay: unit text NOT NULL
table stay: child boolean NOT NULL
table stay: stays_with text NOT NULL
table stay: why text NOT NULL
table stay: from_day text NOT NULL
table stay: until_day text
table stay: by_account text NOT NULL
table stay: at text NOT NULL
table stay: end_reason text NOT NULL
table stay: ended_by text
table stay: ended_at text
constraint stay_pkey: PRIMARY KEY (id)
index stay_case: CREATE INDEX stay_case ON stay USING btree (case_id, from_day, id)
index stay_open: CREATE UNIQUE INDEX stay_open ON stay USING btree (case_id) WHERE (state = 'OPEN'::text)
index stay_pkey: CREATE UNIQUE INDEX stay_pkey ON stay USING btree (id)
index stay_provider: CREATE INDEX stay_provider ON stay USING btree (provider, state, service, unit, from_day, id)
index stay_service: CREATE INDEX stay_service ON stay USING btree (service, state, unit)
table subject_key: subject text NOT NULL
table subject_key: org text NOT NULL
table subject_key: org_version integer NOT NULL
table subject_key: wrapped bytea
constraint subject_key_org_fkey: FOREIGN KEY (org) REFERENCES org_key(org)
constraint subject_key_pkey: PRIMARY KEY (subject)
index subject_key_org: CREATE INDEX subject_key_org ON subject_key USING btree (org, org_version, subject)
index subject_key_pkey: CREATE UNIQUE INDEX subject_key_pkey ON subject_key USING btree (subject)
table suspect: id text NOT NULL
table suspect: version integer NOT NULL
table suspect: file text NOT NULL
table suspect: owner_org text NOT NULL
table suspect: n integer NOT NULL
table suspect: company boolean NOT NULL
table suspect: state text NOT NULL
table suspect: since_day text NOT NULL
table suspect: name bytea
table suspect: aliases bytea
table suspect: phone bytea
table suspect: role text NOT NULL
table suspect: relation text NOT NULL
table suspect: official text NOT NULL
table suspect: service text NOT NULL
table suspect: sex text NOT NULL
table suspect: band text NOT NULL
table suspect: citizen text NOT NULL
table suspect: path text NOT NULL
table suspect: by_account text NOT NULL
table suspect: at text NOT NULL
constraint suspect_pkey: PRIMARY KEY (id)
index suspect_file: CREATE INDEX suspect_file ON suspect USING btree (file, n, id)
index suspect_pkey: CREATE UNIQUE INDEX suspect_pkey ON suspect USING btree (id)
table task: id text NOT NULL
table task: case_id text NOT NULL
table task: code text NOT NULL
table task: level text NOT NULL
table task: owner_org text NOT NULL
table task: screener text
table task: manager text
table task: child boolean NOT NULL
table task: deadline text NOT NULL
table task: since text NOT NULL
table task: due text NOT NULL
constraint task_pkey: PRIMARY KEY (id)
index task_case: CREATE UNIQUE INDEX task_case ON task USING btree (case_id, deadline)
index task_guardian: CREATE INDEX task_guardian ON task USING btree (since, id) WHERE (deadline = 'guardian.target'::text)
index task_manager: CREATE INDEX task_manager ON task USING btree (manager, owner_org, due, id)
index task_owner: CREATE INDEX task_owner ON task USING btree (owner_org, due, id)
index task_pkey: CREATE UNIQUE INDEX task_pkey ON task USING btree (id)
index task_screener: CREATE INDEX task_screener ON task USING btree (screener, owner_org, due, id)
table transfer: id text NOT NULL
table transfer: version integer NOT NULL
table transfer: case_id text NOT NULL
table transfer: code text NOT NULL
table transfer: owner_org text NOT NULL
table transfer: to_org text NOT NULL
table transfer: state text NOT NULL
table transfer: reason text NOT NULL
table transfer: level text NOT NULL
table transfer: child boolean NOT NULL
table transfer: language text NOT NULL
table transfer: consent text NOT NULL
table transfer: by_account text NOT NULL
table transfer: at text NOT NULL
table transfer: why text NOT NULL
table transfer: answered_by text
table transfer: answered_at text
constraint transfer_pkey: PRIMARY KEY (id)
index transfer_case: CREATE INDEX transfer_case ON transfer USING btree (case_id, at, id)
index transfer_owner: CREATE INDEX transfer_owner ON transfer USING btree (owner_org, state, at, id)
index transfer_pkey: CREATE UNIQUE INDEX transfer_pkey ON transfer USING btree (id)
index transfer_to: CREATE INDEX transfer_to ON transfer USING btree (to_org, state, at, id)
table visit: id text NOT NULL
table visit: case_id text NOT NULL
table visit: owner_org text NOT NULL
table visit: by_account text NOT NULL
table visit: at text NOT NULL
table visit: moment text NOT NULL
table visit: day text NOT NULL
table visit: mode text NOT NULL
table visit: result text NOT NULL
table visit: next_day text
table visit: body bytea
table visit: words bytea
constraint visit_pkey: PRIMARY KEY (id)
index visit_case: CREATE INDEX visit_case ON visit USING btree (case_id, day, at, id)
index visit_pkey: CREATE UNIQUE INDEX visit_pkey ON visit USING btree (id)
