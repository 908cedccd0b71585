-- +goose Up

-- Two lists walked further than they showed: who waits for somebody to talk with
-- her, whatever the state of her case, and children of one place.
DROP INDEX protection_case_seat;
CREATE INDEX protection_case_seat ON protection_case (owner_org, weight, since, id) WHERE open = 1 AND seat = 1;
CREATE INDEX signal_child_province ON signal (province, open, weight, received_at, id) WHERE children = 'yes';
CREATE INDEX signal_child_commune ON signal (commune, open, weight, received_at, id) WHERE children = 'yes';

-- In PostgreSQL, which counts its rows, the house stands second in an index of what
-- one worker has; in SQLite, which does not, it would be taken for the first of another.

-- Whoever raised or took a signal has few of them, whichever house they are in,
-- and all of hers are listed too, not only those that are open.
DROP INDEX signal_own;
DROP INDEX signal_taken;
CREATE INDEX signal_made_all ON signal (raised_by, ${HOUSE}weight, received_at, id);
CREATE INDEX signal_taken ON signal (taken_by, ${HOUSE}open, weight, received_at, id);
CREATE INDEX signal_taken_all ON signal (taken_by, ${HOUSE}weight, received_at, id);

-- So has whoever refers somebody, or has something to do.
DROP INDEX task_screener;
DROP INDEX task_manager;
CREATE INDEX task_screener ON task (screener, ${HOUSE}due, id);
CREATE INDEX task_manager ON task (manager, ${HOUSE}due, id);
DROP INDEX referral_by;
DROP INDEX referral_by_state;
DROP INDEX referral_screener;
DROP INDEX referral_screener_state;
DROP INDEX referral_manager;
DROP INDEX referral_manager_state;
CREATE INDEX referral_by ON referral_queue (by_account, ${FROM}waits, weight, ack_by, id);
CREATE INDEX referral_by_state ON referral_queue (by_account, ${FROM}state, weight, ack_by, id);
CREATE INDEX referral_screener ON referral_queue (screener, ${FROM}waits, weight, ack_by, id);
CREATE INDEX referral_screener_state ON referral_queue (screener, ${FROM}state, weight, ack_by, id);
CREATE INDEX referral_manager ON referral_queue (manager, ${FROM}waits, weight, ack_by, id);
CREATE INDEX referral_manager_state ON referral_queue (manager, ${FROM}state, weight, ack_by, id);

-- And whoever talks with somebody, stands by her or opened her case, or has her plan.
DROP INDEX protection_case_screener;
DROP INDEX protection_case_screens;
DROP INDEX protection_case_manager;
DROP INDEX protection_case_manages;
DROP INDEX protection_case_opener;
DROP INDEX protection_case_opens;
CREATE INDEX protection_case_screener ON protection_case (screener, ${HOUSE}weight, since, id) WHERE open = 1;
CREATE INDEX protection_case_screens ON protection_case (screener, ${HOUSE}state, weight, since, id);
CREATE INDEX protection_case_manager ON protection_case (manager, ${HOUSE}weight, since, id) WHERE open = 1;
CREATE INDEX protection_case_manages ON protection_case (manager, ${HOUSE}state, weight, since, id);
CREATE INDEX protection_case_opener ON protection_case (opened_by, ${HOUSE}weight, since, id) WHERE open = 1;
CREATE INDEX protection_case_opens ON protection_case (opened_by, ${HOUSE}state, weight, since, id);
DROP INDEX plan_queue_by;
DROP INDEX plan_queue_screener;
DROP INDEX plan_queue_manager;
CREATE INDEX plan_queue_by ON plan_queue (by_account, ${HOUSE}waits, due_at, id);
CREATE INDEX plan_queue_screener ON plan_queue (screener, ${HOUSE}waits, due_at, id);
CREATE INDEX plan_queue_manager ON plan_queue (manager, ${HOUSE}waits, due_at, id);
DROP INDEX protection_case_returned;
DROP INDEX protection_case_resumed;
CREATE INDEX protection_case_returned ON protection_case (screener, ${HOUSE}weight, since, id) WHERE open = 1 AND ratification = 'RETURNED';
CREATE INDEX protection_case_resumed ON protection_case (manager, ${HOUSE}weight, since, id) WHERE open = 1 AND ratification = 'RETURNED';

-- What a house asks of itself stands in two lists, and is little.
CREATE INDEX referral_inside ON referral_queue (to_org, waits, weight, ack_by, id) WHERE from_org = to_org;
CREATE INDEX referral_inside_state ON referral_queue (to_org, state, weight, ack_by, id) WHERE from_org = to_org;
