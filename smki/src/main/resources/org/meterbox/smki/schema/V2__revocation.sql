-- When and why a certificate was taken back, and what revocation lists its issuer has signed.
ALTER TABLE certificate
  ADD COLUMN revoked_at        timestamptz,
  ADD COLUMN revocation_reason smallint, -- CRLReason of RFC 5280
  ADD CONSTRAINT certificate_revocation CHECK
    ((status = 'R') = (revoked_at IS NOT NULL) AND (status = 'R') = (revocation_reason IS NOT NULL));

CREATE INDEX certificate_revoked ON certificate (issuer, revoked_at) WHERE status = 'R';

-- Devices' certificates never end; the watch looks for those that do.
CREATE INDEX certificate_ending ON certificate (not_after)
  WHERE status IN ('P', 'I') AND not_after < '9999-01-01Z';

CREATE TABLE revocation_list (
  issuer      text        NOT NULL, -- canonical form
  number      bigint      NOT NULL CHECK (number > 0),
  this_update timestamptz NOT NULL,
  next_update timestamptz NOT NULL,
  entries     integer     NOT NULL,
  der         bytea       NOT NULL,
  PRIMARY KEY (issuer, number)
);
