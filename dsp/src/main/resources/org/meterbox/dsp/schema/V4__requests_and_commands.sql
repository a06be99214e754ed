-- A request and the commands made for it are two things: a request that is held has no command yet,
-- one may have several, and each command has its own sends and deadline.
CREATE TABLE command (
  device bigint NOT NULL,
  originator bigint NOT NULL,
  counter bigint NOT NULL,
  request_originator bigint NOT NULL,
  request_target bigint NOT NULL,
  request_counter bigint NOT NULL,
  device_type text NOT NULL,
  priority smallint NOT NULL,
  octets bytea NOT NULL,
  state text NOT NULL,
  failure text,
  sends smallint NOT NULL,
  due timestamptz,
  PRIMARY KEY (device, originator, counter)
) WITH (fillfactor = 85);
ALTER TABLE command ALTER COLUMN octets SET STORAGE EXTERNAL;

INSERT INTO command
  (device, originator, counter, request_originator, request_target, request_counter, device_type,
   priority, octets, state, failure, sends, due)
SELECT target, command_originator, command_counter, originator, target, counter, device_type,
       priority, command,
       CASE WHEN variant IN (2, 6) THEN 'GIVEN_BACK' ELSE state END,
       CASE WHEN state = 'FAILED' THEN reason END, sends, due
FROM request WHERE stage = 'X' AND command_counter IS NOT NULL;
CREATE INDEX command_due ON command (due) WHERE due IS NOT NULL;
CREATE INDEX command_of_request ON command (request_originator, request_target, request_counter);

DROP INDEX request_by_command;
UPDATE request SET command = NULL WHERE stage = 'X';
UPDATE request SET due = NULL;
ALTER TABLE request RENAME COLUMN command TO pre_command;
ALTER TABLE request
  DROP COLUMN command_originator,
  DROP COLUMN command_counter,
  DROP COLUMN sends,
  ADD COLUMN role text,
  ADD COLUMN execution timestamptz,
  ADD COLUMN schedule bigint,
  ADD COLUMN sequence_position smallint,
  ADD COLUMN predecessor_originator bigint,
  ADD COLUMN predecessor_target bigint,
  ADD COLUMN predecessor_counter bigint,
  ADD COLUMN outcomes_total smallint NOT NULL DEFAULT 0,
  ADD COLUMN outcomes_arrived smallint NOT NULL DEFAULT 0,
  ADD COLUMN quarantine_event bigint;
CREATE INDEX request_followers
  ON request (predecessor_originator, predecessor_target, predecessor_counter)
  WHERE predecessor_counter IS NOT NULL;
CREATE INDEX request_waiting ON request (target, srv)
  WHERE state IN ('HELD', 'WAITING_FOR_PREDECESSOR', 'AWAITING_OUTCOMES');

-- Alerts that told what became of one instruction of a future dated command.
CREATE TABLE outcome (
  originator bigint NOT NULL,
  target bigint NOT NULL,
  counter bigint NOT NULL,
  place smallint NOT NULL,
  alert_code integer NOT NULL,
  arrived timestamptz NOT NULL,
  PRIMARY KEY (originator, target, counter, place)
);

-- DSP schedules. Each run is a request of its own with the schedule's number in it.
CREATE SEQUENCE schedule_id MAXVALUE 1000000000000;
CREATE TABLE schedule (
  id bigint PRIMARY KEY,
  owner bigint NOT NULL,
  device bigint NOT NULL,
  srv text NOT NULL,
  created timestamptz NOT NULL,
  document bytea NOT NULL,
  state text NOT NULL,
  reason text,
  next_number integer NOT NULL,
  next_run timestamptz,
  claimed_until timestamptz
) WITH (fillfactor = 85);
ALTER TABLE schedule ALTER COLUMN document SET STORAGE EXTERNAL;
CREATE INDEX schedule_due ON schedule (next_run) WHERE next_run IS NOT NULL;
CREATE INDEX schedule_of_device ON schedule (device, owner) WHERE state = 'ACTIVE';

ALTER TABLE device_message RENAME COLUMN fate TO disposition;
