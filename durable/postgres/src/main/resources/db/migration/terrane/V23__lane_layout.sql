-- How many partitions every lane has. Keys find their row by this number: it stays while anything waits in a lane.
CREATE TABLE terrane.lane_layout (
    one             boolean  NOT NULL PRIMARY KEY DEFAULT true CHECK (one),
    partition_count smallint NOT NULL CHECK (partition_count > 0)
);

-- Consumers have asked for every partition of their lanes.
INSERT INTO terrane.lane_layout (partition_count)
SELECT max(partition) + 1 FROM terrane.lane_cursor HAVING max(partition) IS NOT NULL;
