-- The tables of the DCC Data Systems. An EUI-64 and a counter are stored as bigint with the same
-- 64 bits; compare them for equality only, their order is unsigned.

-- Who may ask. A few hundred rows, kept in memory by the DSP.
CREATE TABLE dcc_user (
  eui bigint PRIMARY KEY,
  name text NOT NULL,
  status text NOT NULL,
  roles text[] NOT NULL,
  tls_identities bigint[] NOT NULL,
  receive_response text,
  duis_version text NOT NULL
);

-- The Smart Metering Inventory.
CREATE TABLE device (
  eui bigint PRIMARY KEY,
  type text NOT NULL,
  hub bigint,
  status text,
  manufacturer text NOT NULL,
  model text NOT NULL,
  technical_specification text,
  firmware_version text,
  gbcs_version text,
  esme_variant text,
  import_mpxn text,
  secondary_import_mpan text,
  export_mpan text
);
CREATE INDEX device_of_hub ON device (hub);
CREATE INDEX device_of_mpxn ON device (import_mpxn);

-- Whose certificates stand in a device's trust anchor cells.
CREATE TABLE device_credential (
  device bigint NOT NULL REFERENCES device ON DELETE CASCADE,
  role smallint NOT NULL,
  party bigint NOT NULL,
  PRIMARY KEY (device, role)
);

-- Registration data: who is responsible for a meter point, in which role, from when to when.
CREATE TABLE registration (
  mpxn text NOT NULL,
  role text NOT NULL,
  party bigint NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_until timestamptz,
  PRIMARY KEY (mpxn, role, party, valid_from)
);

-- One row per request. A critical request has two under one Request ID: its transformation
-- (stage T) and its execution (stage X).
CREATE TABLE request (
  originator bigint NOT NULL,
  target bigint NOT NULL,
  counter bigint NOT NULL,
  stage text NOT NULL,
  srv text NOT NULL,
  variant smallint NOT NULL,
  priority smallint NOT NULL,
  device_type text,
  received timestamptz NOT NULL,
  document bytea NOT NULL,
  digest bytea NOT NULL,
  answer bytea NOT NULL,
  state text NOT NULL,
  reason text,
  sends smallint NOT NULL DEFAULT 0,
  due timestamptz,
  command bytea,
  command_originator bigint,
  command_counter bigint,
  PRIMARY KEY (originator, target, counter, stage)
) WITH (fillfactor = 85);
-- XML does not get smaller by much in the small, and compressing it costs more than storing it.
ALTER TABLE request ALTER COLUMN document SET STORAGE EXTERNAL;
ALTER TABLE request ALTER COLUMN answer SET STORAGE EXTERNAL;
-- How a device's response finds its request.
CREATE UNIQUE INDEX request_by_command ON request (target, command_originator, command_counter)
  WHERE stage = 'X' AND command_counter IS NOT NULL;
-- What somebody has to look after, and when.
CREATE INDEX request_due ON request (due) WHERE state = 'IN_FLIGHT';

-- What was decided and what happened to a request: the audit trail, and what other rooms may follow
-- by its number. Never changed, never deleted by the DSP; identifiers and verdicts only.
CREATE TABLE request_event (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  originator bigint NOT NULL,
  target bigint NOT NULL,
  counter bigint NOT NULL,
  stage text NOT NULL,
  srv text NOT NULL,
  event text NOT NULL,
  role text,
  code text,
  rule text
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME; END $$;
CREATE TRIGGER request_event_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON request_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What devices sent, as received. The same octets from the same device are the same message.
CREATE TABLE device_message (
  device bigint NOT NULL,
  digest bytea NOT NULL,
  received timestamptz NOT NULL,
  fate text NOT NULL,
  octets bytea NOT NULL,
  PRIMARY KEY (device, digest)
);

-- What is for a user: stored before it is pushed.
CREATE TABLE delivery (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  recipient bigint NOT NULL,
  kind text NOT NULL,
  created timestamptz NOT NULL,
  document bytea NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  last_attempt timestamptz,
  last_fault text
) WITH (fillfactor = 85);
ALTER TABLE delivery ALTER COLUMN document SET STORAGE EXTERNAL;
CREATE INDEX delivery_pending ON delivery (id) WHERE state = 'PENDING';

-- Counters of which a block is taken before any of it is used.
CREATE TABLE counter (
  name text PRIMARY KEY,
  next bigint NOT NULL
);

-- Timers (db-scheduler).
CREATE TABLE scheduled_tasks (
  task_name text NOT NULL,
  task_instance text NOT NULL,
  task_data bytea,
  execution_time timestamptz NOT NULL,
  picked boolean NOT NULL,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures integer,
  last_heartbeat timestamptz,
  version bigint NOT NULL,
  priority smallint,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_last_heartbeat ON scheduled_tasks (last_heartbeat);
