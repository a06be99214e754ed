-- How many certificates each issuing authority for devices has given away or promised: the limit
-- holds for all processes together, since whoever takes a seat locks the row.
CREATE TABLE seat (
  issuer text   PRIMARY KEY, -- canonical form
  taken  bigint NOT NULL CHECK (taken >= 0)
);

INSERT INTO seat SELECT issuer, count(*) FROM certificate WHERE kind = 'DEVICE' GROUP BY issuer;
