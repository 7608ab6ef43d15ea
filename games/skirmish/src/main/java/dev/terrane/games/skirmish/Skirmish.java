package dev.terrane.games.skirmish;

import dev.terrane.command.CommandType;
import dev.terrane.command.EventType;
import dev.terrane.games.skirmish.chat.Chat;
import dev.terrane.games.skirmish.hex.Dividends;
import dev.terrane.games.skirmish.hex.HexEvents;
import dev.terrane.games.skirmish.hex.HexPlay;
import dev.terrane.games.skirmish.station.Magazine;
import dev.terrane.games.skirmish.station.Salvage;
import dev.terrane.games.skirmish.station.Station;
import dev.terrane.plugin.Conduct;
import dev.terrane.plugin.JobContext;
import dev.terrane.plugin.JobPlugin;
import dev.terrane.plugin.MovementRule;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Velocity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The demo game. Options: {@code dronesPerRegion} (7) and {@code asteroidsPerRegion} (12), each 0 to 5000; {@code dev} (false): take the
 * message that starts a {@link StressBattle}, and tell shooters where their targets were ({@link Judged}).
 *
 * <p>The order of the records and of the systems is part of the game: clients and checkpoints count on the first, outcomes on the second.
 */
public final class Skirmish implements WorldPlugin, JobPlugin {
    /** Compiled from rule/flight.ts. */
    private static final String RULE = "flight.wasm";

    @Override
    public String name() {
        return "skirmish";
    }

    @Override
    public List<Class<? extends Record>> components() {
        List<Class<? extends Record>> all = new ArrayList<>(List.of(
                Craft.class,
                Vitals.class,
                Pilot.class,
                Gun.class,
                Bolt.class,
                Lifetime.class,
                Drone.class,
                Spawner.class,
                Wing.class));
        all.addAll(HexPlay.COMPONENTS);
        all.add(Magazine.class);
        all.add(Salvage.class);
        all.addAll(Chat.COMPONENTS);
        return all;
    }

    @Override
    public List<CommandType<?>> commands() {
        List<CommandType<?>> all = new ArrayList<>(HexPlay.COMMANDS);
        all.addAll(Station.COMMANDS);
        return all;
    }

    @Override
    public List<Class<? extends Record>> events() {
        List<Class<? extends Record>> all =
                new ArrayList<>(List.of(Shot.class, Hit.class, Destroyed.class, Judged.class, Fired.class));
        all.addAll(Chat.EVENTS);
        return all;
    }

    @Override
    public List<Class<? extends Record>> intents() {
        return List.of(Strike.class, KillScored.class, Blast.class);
    }

    /** Hits are computed from how fast the target moves; the rest of what they need, clients see too. */
    @Override
    public List<Class<? extends Record>> ghosted() {
        return List.of(Velocity.class);
    }

    /** Ships and drones. Rocks do not turn, and bolts are not shot at. */
    @Override
    public List<Class<? extends Record>> remembered() {
        return List.of(Vitals.class);
    }

    @Override
    public List<EventType> durableEvents() {
        return HexEvents.ALL;
    }

    @Override
    public List<String> buttons() {
        return Buttons.NAMES;
    }

    @Override
    public List<String> documents() {
        return List.of(HexEvents.CHANGED);
    }

    @Override
    public List<String> journals() {
        return List.of(HexEvents.CONTRIBUTED, HexEvents.VOTED);
    }

    @Override
    public byte[] movementRule() {
        try (InputStream module = Skirmish.class.getResourceAsStream(RULE)) {
            return Objects.requireNonNull(module, RULE).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Above what rule/flight.ts lets a ship do: 70 m/s while it boosts, and a little more when it is thrown back at the rim; 5 rad/s. The hardest change of velocity is braking at the
     * rim, where it is pushed by 8 m/s² for each metre.
     */
    @Override
    public Conduct conduct() {
        return new Conduct(90, 800, 5.05f, 1, 15);
    }

    @Override
    public void configure(WorldContext world) {
        Population population = Population.of(world.options());
        boolean dev = "true".equals(world.options().get("dev"));

        world.onGenesis(new Genesis(population));
        world.onJoin(Blueprints::ship);

        world.addSystem(Stage.INPUT, "respawning", new Respawning(world.entities()));
        world.addSystem(Stage.INPUT, "spawning", new Spawning(world.entities(), population));
        world.addSystem(Stage.INPUT, "drone-mind", new DroneMind(world.entities()));

        world.addOpportunisticSystem(Stage.INPUT, "wandering", new Wandering(world.entities()));

        MovementRule rule = world.movementRule();
        world.addSystem(Stage.SIMULATE, "flight", new Flight(world.entities(), rule));
        world.addSystem(Stage.SIMULATE, "drift", new Drift(world.entities(), new Edges()));
        world.addSystem(Stage.SIMULATE, "bouncing", new Bouncing(world.entities(), rule));
        world.addSystem(Stage.SIMULATE, "firing", new Firing(world.entities()));

        world.addSystem(Stage.RESOLVE, "bolt-hits", new BoltHits(world.entities(), dev));
        world.addSystem(Stage.RESOLVE, "shield-charging", new ShieldCharging(world.entities()));
        world.addSystem(Stage.RESOLVE, "cloaking", new Cloaking(world.entities()));
        world.addSystem(Stage.RESOLVE, "salvaging", new Salvaging(world.entities()));
        world.addSystem(Stage.RESOLVE, "expiry", new Expiry(world.entities()));

        Wounds wounds = new Wounds(world.entities());
        world.onIntent(Strike.class, wounds::strike);
        world.onIntent(KillScored.class, wounds::score);
        world.onAreaIntent(Blast.class, wounds::blast);

        HexPlay.configure(world);
        Station.configure(world, new Hulls(world.entities()));
        Chat.configure(world);

        world.affinity(new Comrades(world.entities()));
        if (dev) {
            world.onMessage(StressBattle.MESSAGE, new StressBattle(world.entities()));
        }
    }

    @Override
    public void configure(JobContext jobs) {
        Dividends.configure(jobs);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return Entrances.of(map.partition(), characterSeed);
    }
}
