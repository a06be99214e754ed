-- The last device log that each part of a hub reported: the alert's payload as received. A counter
-- is an unsigned number, and here its order matters.
CREATE TABLE device_log (
  device bigint PRIMARY KEY,
  alert_counter numeric(20) NOT NULL,
  message_code integer NOT NULL,
  payload bytea NOT NULL
);

-- The numbers that customers read from their displays (9.1), by the Request ID that asked for them.
CREATE TABLE customer_number (
  originator bigint NOT NULL,
  target bigint NOT NULL,
  counter bigint NOT NULL,
  digits text NOT NULL,
  PRIMARY KEY (originator, target, counter)
);
