package dev.terrane.interest;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.ecs.Audience;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;
import dev.terrane.ecs.Schema;
import dev.terrane.interest.SliceBoard.FrameHeader;
import dev.terrane.plugin.kit.Kit;
import java.util.ArrayList;
import java.util.List;

/** Components and events for tests, of every kind of field. */
final class Things {
    static final CellId CELL = new CellId(new WorldId("test"), RegionId.ORIGIN, 0);

    private Things() {}

    @Component("test.craft")
    record Craft(
            @Replicated int kind,
            @Replicated long owner,
            @Replicated boolean open,
            @Replicated float raw,
            @Replicated(step = 0.25f) float hull,
            @Replicated(to = Audience.OWNER) int secret,
            float hidden) {}

    /** Stays on the server. */
    @Component("test.mind")
    record Mind(int mood) {}

    @Component("test.flag")
    record Flag(@Replicated int colour) {}

    /** What the squad is told. */
    @Component("test.comms")
    record Comms(
            @Replicated(to = Audience.SQUAD) int fuel,
            @Replicated(to = Audience.SQUAD) String word) {}

    /** What the team is told. */
    @Component("test.orders")
    record Orders(
            @Replicated(to = Audience.TEAM) int goal,
            @Replicated(to = Audience.OWNER) int secret) {}

    @Component("test.boom")
    record Boom(long by, @Replicated(step = 0.5f) float size, String note) {}

    @Component("test.ping")
    record Ping(int number) {}

    static Schema schema() {
        List<Class<? extends Record>> all = new ArrayList<>(Kit.COMPONENTS);
        all.addAll(List.of(Craft.class, Mind.class, Flag.class, Comms.class, Orders.class));
        return Schema.of(all);
    }

    static Schema events() {
        return Schema.of(Boom.class, Ping.class);
    }

    static FrameHeader header(long tick) {
        return new FrameHeader(CELL, 1, tick, tick * 50, 1);
    }
}
