-- Every certificate of the SMKI Repository. Rows are added and change their status; none is deleted.
CREATE TABLE certificate (
  serial         bytea       NOT NULL, -- as in DER: two's complement, shortest form
  issuer         text        NOT NULL, -- canonical form, so that equal names are equal texts
  added          bigint      GENERATED ALWAYS AS IDENTITY,
  subject        bigint,               -- EUI-64 of the organisation or device; authorities have none
  kind           text        NOT NULL,
  role           smallint,             -- RemotePartyRole code of an organisation
  key_use        text        NOT NULL CHECK (key_use IN ('DS', 'KA', 'CA')),
  top_up         boolean     NOT NULL,
  status         text        NOT NULL CHECK (status IN ('P', 'I', 'N', 'R')), -- expiry follows from the clock
  not_before     timestamptz NOT NULL,
  not_after      timestamptz NOT NULL,
  key_identifier bytea       NOT NULL,
  key_hash       bytea       NOT NULL, -- SHA-256 of the public key
  key_was_fresh  boolean     NOT NULL, -- issued here, where a key is certified once only
  der            bytea       NOT NULL,
  PRIMARY KEY (serial, issuer)
);

CREATE INDEX certificate_subject ON certificate (subject) WHERE subject IS NOT NULL;
CREATE INDEX certificate_issuer ON certificate (issuer);
CREATE INDEX certificate_key_identifier ON certificate (key_identifier);
CREATE UNIQUE INDEX certificate_fresh_key ON certificate (key_hash) WHERE key_was_fresh;
CREATE INDEX certificate_foreign_key ON certificate (key_hash) WHERE NOT key_was_fresh;
