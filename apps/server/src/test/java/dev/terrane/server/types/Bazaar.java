package dev.terrane.server.types;

import dev.terrane.command.CommandType;
import dev.terrane.command.EventType;
import dev.terrane.ecs.Audience;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A game that declares one of everything. Its world is never opened. */
record Bazaar(List<String> buttons, List<EventType> durableEvents) implements WorldPlugin {
    @Component(value = "bazaar.stall", version = 2)
    record Stall(
            @Replicated(step = 0.5f) float width,
            @Replicated boolean open,
            @Replicated(to = Audience.OWNER) long takings,
            int secret) {}

    @Component("bazaar.purse")
    record Purse(@Replicated(to = Audience.OWNER) long coins) {}

    @Component("bazaar.guild")
    record Guild(@Replicated(to = Audience.SQUAD) String word) {}

    @Component("bazaar.shelf")
    record Shelf(int unseen) {}

    @Component("bazaar.cry")
    record Cry(String words) {}

    enum Ware {
        FIG,
        DATE
    }

    record Line(Ware ware, int count) {}

    record Haggle(UUID stall, List<Line> lines, @Nullable Long atMost) {}

    record OldHaggle(String stall) {}

    record Haggled(long price, boolean agreed) {}

    record Told(String stall) {}

    Bazaar() {
        this(List.of("BUY", "", "SELL"), List.of(new EventType("evt.bazaar.sold", Haggled.class)));
    }

    @Override
    public String name() {
        return "tiny-bazaar";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Stall.class, Purse.class, Guild.class, Shelf.class);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of(Cry.class);
    }

    @Override
    public List<CommandType<?>> commands() {
        return List.of(
                new CommandType<>("cmd.bazaar.haggle", 2, Haggle.class, (_, client) -> client).answering(Haggled.class),
                new CommandType<>("cmd.bazaar.haggle", 1, OldHaggle.class, (_, client) -> client),
                new CommandType<>("cmd.bazaar.call", 1, Told.class, (_, client) -> client));
    }

    @Override
    public void configure(WorldContext world) {
        throw new UnsupportedOperationException("nothing of it is started");
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(0, 0);
    }
}
