package dev.terrane.server.world;

import dev.terrane.base.WorldId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.WorldPace;
import dev.terrane.protocol.cluster.CellInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets this node's part of the world run as fast and as carefully as the map says. One thread. */
final class MappedPace {
    private static final Logger LOG = LoggerFactory.getLogger(MappedPace.class);

    private final WorldId world;
    private final int simulationHz;
    private final WorldClock clock;
    private final Herald herald;
    private final Governor governor;
    private final double floor;
    private WorldPace known;

    /** @param known what holds when this node comes; nothing ticks yet */
    MappedPace(WorldSetup setup, WorldClock clock, Herald herald, Governor governor, WorldPace known) {
        this.world = new WorldId(setup.world().map().world());
        this.simulationHz = setup.settings().rates().simulationHz();
        this.clock = clock;
        this.herald = herald;
        this.governor = governor;
        this.floor = setup.pace().ladder().dilationFloor();
        this.known = known;
        carryOut();
    }

    /** The map has changed. */
    void follow(ClusterMap map) {
        WorldPace newer = WorldPace.of(map, world, known.stretches().getFirst().firstTick());
        if (newer.equals(known) || map.values().get(WorldPace.key(world)) == null) {
            return;
        }
        known = newer;
        carryOut();
        herald.deliver();
        LOG.atInfo()
                .addKeyValue("world", world)
                .addKeyValue("fromTick", newer.last().firstTick())
                .addKeyValue("rung", newer.last().rung())
                .addKeyValue("dilation", newer.last().dilation())
                .log("the world's pace changes");
    }

    private void carryOut() {
        clock.follow(known, simulationHz);
        governor.follow(known.posture(), known.posture().dilation() > floor);
        int count = known.stretches().size();
        if (count > 1) { // else it is as cells and gateways believe it to be
            // A cell that starts now has to know what holds, and what comes after that.
            known.stretches()
                    .subList(count - 2, count)
                    .forEach(each -> herald.pace(
                            new CellInput.Pace(each.firstTick(), (float) each.dilation(), Sheds.of(each.rung()))));
        }
    }
}
