-- Append-only: no row is ever changed or deleted, and each carries the hash of the one before.
CREATE TABLE audit (
  number   bigint      PRIMARY KEY CHECK (number > 0),
  at       timestamptz NOT NULL,
  actor    text        NOT NULL,
  action   text        NOT NULL,
  detail   text        NOT NULL,
  previous bytea       NOT NULL,
  hash     bytea       NOT NULL
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END
$$;

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
