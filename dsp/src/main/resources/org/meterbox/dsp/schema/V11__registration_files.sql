-- Files of registration data that were taken in, by provider. Their numbers follow each other.
CREATE TABLE registration_file (
  provider text NOT NULL,
  number bigint NOT NULL,
  taken timestamptz NOT NULL,
  accepted bigint NOT NULL,
  rejected bigint NOT NULL,
  PRIMARY KEY (provider, number)
);
