-- SPDX-License-Identifier: Apache-2.0
-- The tables of a DCC User's adapter. What stands here was committed before it was answered.

-- The last counter that a user's Request IDs carried; stored before it is used.
CREATE TABLE counter (
  dcc_user text PRIMARY KEY,
  last bigint NOT NULL
);

-- One row per Service Request that a client asked for. Under id its client knows it, under
-- duis_id the DSP.
CREATE TABLE request (
  id text PRIMARY KEY,
  duis_id text NOT NULL UNIQUE,
  client text NOT NULL,
  idempotency_key text,
  fingerprint bytea NOT NULL,
  dcc_user text NOT NULL,
  srv text NOT NULL,
  device text,
  command_variant smallint NOT NULL,
  parameters text NOT NULL,
  execution timestamptz,
  callback text,
  state text NOT NULL,
  document bytea,
  approver text,
  code text,
  detail text,
  acknowledgement text,
  result text,
  attempts integer NOT NULL DEFAULT 0,
  due timestamptz,
  received timestamptz NOT NULL,
  changed timestamptz NOT NULL,
  UNIQUE (client, idempotency_key)
);
CREATE INDEX request_due ON request (due) WHERE due IS NOT NULL;
CREATE INDEX request_by_device ON request (device, received);
CREATE INDEX request_changed ON request (changed);

-- What the DSP pushed, as received. The digest tells a repeated delivery.
CREATE TABLE message (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  dcc_user text NOT NULL,
  digest bytea NOT NULL,
  document bytea NOT NULL,
  received timestamptz NOT NULL,
  processed timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  due timestamptz NOT NULL,
  UNIQUE (dcc_user, digest)
);
CREATE INDEX message_unprocessed ON message (id) WHERE processed IS NULL;

-- What a user's own programs are told, in one order without gaps that could fill later: the
-- position is drawn under a lock that is held until the commit.
CREATE TABLE event (
  position bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  kind text NOT NULL,
  dcc_user text NOT NULL,
  device text,
  request text,
  code text,
  body text NOT NULL,
  message bigint
);
CREATE INDEX event_by_device ON event (device, position);
CREATE INDEX event_by_request ON event (request);
CREATE INDEX event_at ON event (at);

CREATE TABLE event_position (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  last bigint NOT NULL
);
INSERT INTO event_position VALUES (true, 0);

-- Where events are pushed to.
CREATE TABLE webhook (
  id text PRIMARY KEY,
  client text NOT NULL,
  url text NOT NULL,
  secret text NOT NULL,
  kinds text[] NOT NULL,
  users text[] NOT NULL,
  created timestamptz NOT NULL
);

CREATE TABLE delivery (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  webhook text REFERENCES webhook ON DELETE CASCADE,
  url text NOT NULL,
  secret text NOT NULL,
  event bigint NOT NULL,
  body text NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  due timestamptz,
  deadline timestamptz NOT NULL,
  last_error text
);
CREATE INDEX delivery_due ON delivery (due) WHERE due IS NOT NULL;

-- The durable scheduler (db-scheduler).
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
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);
