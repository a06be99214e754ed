-- A notice is given up after two days of trying. They are counted in operating time, the time in
-- which the DSP ran and could use its store, in milliseconds; clock jumps and standstills add none.
CREATE TABLE operating_time (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  millis bigint NOT NULL
);
INSERT INTO operating_time (millis) VALUES (0);
-- The operating time of the first failed attempt.
ALTER TABLE delivery ADD COLUMN trying_since bigint;

-- Health checks write here: only a write shows that the store stores.
CREATE TABLE health_probe (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  at timestamptz NOT NULL
);
INSERT INTO health_probe (at) VALUES (now());
