-- What the inventory knows beside the device itself: who pre-notified it, since when it waits to be
-- installed, the HAN variant of a hub, and the meter point that the installer of a hub named.
ALTER TABLE device
  ADD COLUMN notified_by bigint,
  ADD COLUMN notified_at timestamptz,
  ADD COLUMN han_variant text,
  ADD COLUMN install_mpxn text;
CREATE INDEX device_of_secondary_mpan ON device (secondary_import_mpan)
  WHERE secondary_import_mpan IS NOT NULL;
CREATE INDEX device_of_export_mpan ON device (export_mpan) WHERE export_mpan IS NOT NULL;
CREATE INDEX device_of_install_mpxn ON device (install_mpxn) WHERE install_mpxn IS NOT NULL;
CREATE INDEX device_pending ON device (notified_at) WHERE status = 'PENDING';

-- Every status that a device has had. What caused a change is a request where there is one.
CREATE TABLE device_status (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device bigint NOT NULL,
  at timestamptz NOT NULL,
  status text,
  trigger text NOT NULL,
  request_originator bigint,
  request_target bigint,
  request_counter bigint
);
CREATE INDEX device_status_of_device ON device_status (device, number);
CREATE TRIGGER device_status_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON device_status
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Where a meter point is. The key is the post code in capitals without blanks.
CREATE TABLE meter_point (
  mpxn text PRIMARY KEY,
  uprn bigint,
  post_code text,
  address_identifier text,
  post_code_key text GENERATED ALWAYS AS (upper(replace(post_code, ' ', ''))) STORED
);
CREATE INDEX meter_point_of_uprn ON meter_point (uprn) WHERE uprn IS NOT NULL;
CREATE INDEX meter_point_of_post_code ON meter_point (post_code_key) WHERE post_code IS NOT NULL;

-- A change of a hub's device log (8.11) whose confirmation by the hub (8F12) is awaited.
CREATE TABLE device_log_update (
  originator bigint NOT NULL,
  target bigint NOT NULL,
  counter bigint NOT NULL,
  device bigint NOT NULL,
  adds boolean NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (originator, target, counter)
);
CREATE INDEX device_log_update_until ON device_log_update (until);
CREATE INDEX device_log_update_of_hub ON device_log_update (target);

-- Which device holds which other one in its own device log (8.7, 8.8).
CREATE TABLE device_join (
  device bigint NOT NULL,
  other bigint NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (device, other)
);
