package dev.terrane.postgres;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** The four columns that name a cell in every table. */
final class CellColumns {
    private CellColumns() {}

    static Map<String, Object> of(CellId cell) {
        return Map.of(
                "world", cell.world().name(),
                "a", cell.region().a(),
                "b", cell.region().b(),
                "layer", cell.layer());
    }

    static CellId read(ResultSet row) throws SQLException {
        RegionId region = new RegionId(row.getInt("region_a"), row.getInt("region_b"));
        return new CellId(new WorldId(row.getString("world")), region, row.getInt("layer"));
    }
}
