-- Batches of certificate requests. A batch is worked on in the order of its lines; how far it has
-- come moves on in the same transaction that stores the certificates.
CREATE TABLE batch (
  id           uuid        PRIMARY KEY,
  requester    bigint      NOT NULL,
  file_hash    bytea       NOT NULL, -- SHA-256 of the file as submitted
  submitted_by text        NOT NULL,
  submitted_at timestamptz NOT NULL,
  requests     integer     NOT NULL,
  done         integer     NOT NULL DEFAULT 0 CHECK (done <= requests),
  issued       integer     NOT NULL DEFAULT 0 CHECK (issued <= done),
  finished_at  timestamptz,
  UNIQUE (requester, file_hash)
);

CREATE TABLE batch_request (
  batch  uuid    NOT NULL REFERENCES batch,
  number integer NOT NULL CHECK (number > 0),
  csr    bytea   NOT NULL, -- empty where the line was not Base64
  PRIMARY KEY (batch, number)
);

-- One row for each request that was worked on: a certificate, or the rule that it broke.
CREATE TABLE batch_result (
  batch  uuid    NOT NULL REFERENCES batch,
  number integer NOT NULL,
  issuer text,
  serial bytea,
  rule   text,
  detail text,
  PRIMARY KEY (batch, number),
  CHECK ((serial IS NULL) = (issuer IS NULL) AND (serial IS NULL) = (rule IS NOT NULL))
);
