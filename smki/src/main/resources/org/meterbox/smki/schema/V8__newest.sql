-- The newest certificates are listed without any condition, however many there are.
CREATE INDEX certificate_newest ON certificate (not_before DESC, added DESC);
