-- Found by their whole key: see the outcomes of services.
ALTER TABLE terrane.cell_outcome
    ALTER COLUMN key SET STATISTICS 0,
    ALTER COLUMN payload_hash SET STATISTICS 0,
    ALTER COLUMN payload SET STATISTICS 0,
    ALTER COLUMN error_code SET STATISTICS 0,
    ALTER COLUMN reason SET STATISTICS 0,
    ALTER COLUMN retry_after_millis SET STATISTICS 0,
    ALTER COLUMN settled_at SET STATISTICS 10;
ALTER TABLE terrane.cell_outcome SET (autovacuum_analyze_scale_factor = 0.5, autovacuum_vacuum_insert_scale_factor = 0.5);
