package dev.terrane.command;

import dev.terrane.base.Meters;

/** What a consumer counts. Partitions of one lane share them. */
record LaneMeters(
        Meters.Count settled,
        Meters.Count threw,
        Meters.Count dead,
        Meters.Count unavailable,
        Meters.Count unreached,
        Meters.Count storeAway,
        Meters.Count leasesLost) {
    static LaneMeters of(Meters meters, String lane) {
        return new LaneMeters(
                meters.count("lane_settled_commands", "lane", lane),
                meters.count("lane_handler_throws", "lane", lane),
                meters.count("lane_dead_commands", "lane", lane),
                meters.count("lane_unavailable_batches", "lane", lane),
                meters.count("lane_unreached_commands", "lane", lane),
                meters.count("lane_store_away", "lane", lane),
                meters.count("lane_leases_lost", "lane", lane));
    }
}
