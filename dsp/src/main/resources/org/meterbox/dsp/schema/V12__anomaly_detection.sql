-- Anomaly detection. A threshold or value limit is in effect from one time to another; of several
-- in effect for the same the one that began last counts, so that a temporary one gives way again.
-- A file is known by what its signature covers: what stands outside may be changed by anybody.
CREATE TABLE anomaly_file (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  signer bigint NOT NULL,
  signer_key text NOT NULL,
  signed_digest bytea NOT NULL,
  received timestamptz NOT NULL,
  document bytea NOT NULL,
  UNIQUE (signer_key, signed_digest)
);

-- Whose requests are counted: a user's identifier in 16 hexadecimal digits, DCC or COS.
CREATE TABLE anomaly_threshold (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  counted text NOT NULL,
  srv text NOT NULL,
  requests bigint,
  percent numeric,
  expected_per_month bigint,
  hours integer NOT NULL,
  warning bigint,
  valid_from timestamptz NOT NULL,
  valid_until timestamptz,
  file bigint NOT NULL REFERENCES anomaly_file
);

CREATE TABLE value_limit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  counted text NOT NULL,
  srv text NOT NULL,
  element text NOT NULL,
  minimum numeric,
  maximum numeric,
  valid_from timestamptz NOT NULL,
  valid_until timestamptz,
  file bigint NOT NULL REFERENCES anomaly_file
);

-- Requests by the hour, counted since 1970. A process takes several at once before it uses them.
CREATE TABLE anomaly_count (
  counted text NOT NULL,
  srv text NOT NULL,
  hour bigint NOT NULL,
  requests bigint NOT NULL,
  PRIMARY KEY (counted, srv, hour)
) WITH (fillfactor = 70);
CREATE INDEX anomaly_count_hour ON anomaly_count (hour);

CREATE TABLE anomaly_warning (
  counted text NOT NULL,
  srv text NOT NULL,
  hour bigint NOT NULL,
  at timestamptz NOT NULL,
  requests bigint NOT NULL,
  quarantine_at bigint NOT NULL,
  PRIMARY KEY (counted, srv, hour)
);
CREATE INDEX anomaly_warning_at ON anomaly_warning (at);

CREATE SEQUENCE quarantine_event;
CREATE TABLE quarantine (
  event bigint PRIMARY KEY,
  originator bigint NOT NULL,
  target bigint NOT NULL,
  counter bigint NOT NULL,
  srv text NOT NULL,
  cause text NOT NULL,
  detail text NOT NULL,
  at timestamptz NOT NULL,
  decision text
);
CREATE INDEX quarantine_open ON quarantine (event) WHERE decision IS NULL;

-- Who has ordered what; one order of each key counts, the last.
CREATE TABLE quarantine_order (
  event bigint NOT NULL REFERENCES quarantine,
  signer_key text NOT NULL,
  signer bigint NOT NULL,
  decision text NOT NULL,
  at timestamptz NOT NULL,
  file bigint NOT NULL REFERENCES anomaly_file,
  PRIMARY KEY (event, signer_key)
);

-- What a device's removal or a change of tenancy withdraws may be in quarantine too.
DROP INDEX request_waiting;
CREATE INDEX request_waiting ON request (target, srv)
  WHERE state IN ('HELD', 'WAITING_FOR_PREDECESSOR', 'AWAITING_OUTCOMES', 'QUARANTINED');
