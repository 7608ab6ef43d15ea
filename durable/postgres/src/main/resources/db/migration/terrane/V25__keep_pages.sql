-- These tables fill and empty all the time. Giving their empty pages back to the system locks everybody out for a moment, only to ask for them again in the next.
-- After a backlog of gigabytes, VACUUM (TRUNCATE) gives them back.
ALTER TABLE terrane.lane_segment SET (vacuum_truncate = false, toast.vacuum_truncate = false);
ALTER TABLE terrane.lane_answer SET (vacuum_truncate = false, toast.vacuum_truncate = false);
ALTER TABLE terrane.outbox SET (vacuum_truncate = false, toast.vacuum_truncate = false);
