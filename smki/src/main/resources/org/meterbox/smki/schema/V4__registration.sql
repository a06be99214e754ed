-- Organisations and the people who act for them. History is in the audit log.
CREATE TABLE organisation (
  eui                 bigint     PRIMARY KEY,
  name                text       NOT NULL,
  roles               smallint[] NOT NULL, -- RemotePartyRole codes
  organisation_ranges bigint[]   NOT NULL, -- first, last, first, last, ...
  device_ranges       bigint[]   NOT NULL,
  standing            text       NOT NULL
);

CREATE TABLE officer (
  organisation      bigint  NOT NULL REFERENCES organisation,
  number            integer NOT NULL CHECK (number > 0),
  name              text    NOT NULL,
  duty              text    NOT NULL,
  progress          text    NOT NULL,
  nominated_by      text    NOT NULL,
  credential_issuer text,    -- canonical form
  credential_serial bytea,
  PRIMARY KEY (organisation, number)
);

CREATE UNIQUE INDEX officer_credential ON officer (credential_serial, credential_issuer)
  WHERE credential_serial IS NOT NULL;
