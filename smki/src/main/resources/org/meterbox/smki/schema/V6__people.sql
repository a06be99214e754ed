-- What the holder of a DCCKI user certificate may do. Whether the certificate is still in force is
-- said by certificate.status, whether an officer still acts by officer.progress.
CREATE TABLE person (
  issuer       text    NOT NULL, -- of the certificate, canonical form
  serial       bytea   NOT NULL,
  name         text    NOT NULL,
  duty         text    NOT NULL CHECK (duty IN ('OFFICER', 'REGISTRATION', 'AUDITOR')),
  organisation bigint,  -- of an officer
  officer      integer,
  PRIMARY KEY (serial, issuer),
  FOREIGN KEY (serial, issuer) REFERENCES certificate,
  FOREIGN KEY (organisation, officer) REFERENCES officer,
  CHECK ((duty = 'OFFICER') = (organisation IS NOT NULL AND officer IS NOT NULL))
);
