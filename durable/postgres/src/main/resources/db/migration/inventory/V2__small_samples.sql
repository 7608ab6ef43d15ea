-- Movements are read by container or by number: see the ledger of the economy.
ALTER TABLE inventory.movement
    ALTER COLUMN id SET STATISTICS 10,
    ALTER COLUMN transaction SET STATISTICS 10,
    ALTER COLUMN item_type SET STATISTICS 10,
    ALTER COLUMN amount SET STATISTICS 0,
    ALTER COLUMN item SET STATISTICS 10,
    ALTER COLUMN from_container SET STATISTICS 10,
    ALTER COLUMN to_container SET STATISTICS 10,
    ALTER COLUMN at SET STATISTICS 10,
    ALTER COLUMN key SET STATISTICS 0,
    ALTER COLUMN reference SET STATISTICS 0;
ALTER TABLE inventory.movement SET (autovacuum_analyze_scale_factor = 0.5, autovacuum_vacuum_insert_scale_factor = 0.5);
