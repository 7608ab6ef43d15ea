-- Outcomes are found by their whole key and in no other way: what their values are like tells the planner nothing. Reading thirty thousand rows to learn it, as ANALYZE
-- does by itself whenever a table has grown by a tenth, takes half a second of a core.
ALTER TABLE ${schema}.outcome
    ALTER COLUMN key SET STATISTICS 0,
    ALTER COLUMN payload_hash SET STATISTICS 0,
    ALTER COLUMN result SET STATISTICS 0,
    ALTER COLUMN at SET STATISTICS 10;
-- Rows only come, so vacuuming can wait until there are half as many again.
ALTER TABLE ${schema}.outcome SET (autovacuum_analyze_scale_factor = 0.5, autovacuum_vacuum_insert_scale_factor = 0.5);
