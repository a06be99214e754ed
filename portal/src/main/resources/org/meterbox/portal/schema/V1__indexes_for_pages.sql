-- What the pages list is found by these indexes; the data systems themselves need none of them. Most
-- grow at their right edge, which costs an insert little; the last holds only what waits for others.
CREATE INDEX request_of_user ON dsp.request (originator, received);
CREATE INDEX device_message_received ON dsp.device_message (received);
CREATE INDEX request_event_of_request ON dsp.request_event (originator, target, counter);
CREATE INDEX delivery_of_recipient ON dsp.delivery (recipient, created);
CREATE INDEX request_held_back ON dsp.request (state)
  WHERE state IN ('AWAITING_COS_PARTY', 'QUARANTINED');
