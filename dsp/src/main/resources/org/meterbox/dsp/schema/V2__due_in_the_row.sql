-- When a notice is pushed next stands in its row; one recurring timer looks for what is due. A timer
-- for each notice cost two more statements and could not keep up with a burst.
ALTER TABLE delivery ADD COLUMN next_attempt timestamptz;
UPDATE delivery SET next_attempt = created WHERE state = 'PENDING';
DROP INDEX delivery_pending;
DELETE FROM scheduled_tasks WHERE task_name IN ('redelivery', 'forgotten-notices');

-- What is due is indexed by the time alone, which only what is under way has. Under a condition on
-- the state the planner, having seen a quiet moment, went through all that is in flight to change
-- one row: it took the index for empty.
DROP INDEX request_due;
CREATE INDEX request_due ON request (due) WHERE due IS NOT NULL;
CREATE INDEX delivery_due ON delivery (recipient, next_attempt) WHERE next_attempt IS NOT NULL;
