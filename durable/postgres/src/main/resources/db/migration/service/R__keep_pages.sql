-- The outbox fills and empties all the time: see the lanes.
ALTER TABLE ${schema}.outbox SET (vacuum_truncate = false, toast.vacuum_truncate = false);
