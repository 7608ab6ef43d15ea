package dev.terrane.games.skirmish;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.cell.CellSettings;
import dev.terrane.conditions.LinkConditions;
import dev.terrane.gateway.AdmissionAnswer;
import dev.terrane.gateway.Admissions;
import dev.terrane.gateway.ConnectionFacts;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.gateway.GatewayListener;
import dev.terrane.gateway.GatewayPorts;
import dev.terrane.gateway.GatewaySettings;
import dev.terrane.gateway.GatewaySpec;
import dev.terrane.gateway.Session;
import dev.terrane.gateway.VerifiedToken;
import dev.terrane.gateway.WorldView;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.testkit.EntityView;
import dev.terrane.testkit.HandCrankedWorld;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The game in one cell and a real gateway in front of it, tick by tick in one thread: the same seed and the same bots give the same world. */
final class CheatHouse implements Admissions {
    private static final int GATEWAY = 1;
    private static final int VIEW_LAG_TICKS = 3;
    private static final long STEP_NANOS = 10_000_000L;
    private static final int STEPS_PER_TICK = 5;
    private static final int EVER = 1_000_000;
    private static final long START_NANOS = 1_000_000_000L;

    /** What a player wants, whatever his client makes of it. @param aims at the nearest drone */
    record Wish(float moveX, float moveY, int held, boolean aims) {}

    private final HandCrankedWorld world;
    private final Gateway gateway;
    private final List<CheatBot> bots = new ArrayList<>();
    private final Map<CharacterId, Integer> generations = new HashMap<>();
    private final OffenceCounts counts = new OffenceCounts();
    private final Partition partition;
    private long nowNanos = START_NANOS;
    private int handoffCount;

    /** One region without rocks. */
    CheatHouse(int drones, double regionMetres, long seed) {
        this(new HexPartition(1, 1, regionMetres), drones, 0, seed);
    }

    CheatHouse(Partition partition, int drones, int rocks, long seed) {
        this.partition = partition;
        Map<String, String> options = Map.of("dronesPerRegion", "" + drones, "asteroidsPerRegion", "" + rocks);
        world = HandCrankedWorld.of(Skirmish::new, options, partition, seed, CellSettings.defaults());
        WorldView view = new WorldView(
                new WorldId(world.world().map().world()),
                partition,
                64,
                20,
                20,
                world.world().schema().wire());
        CellPort cells = (cell, epoch, message) -> world.offer(cell, message);
        Rng ids = new Rng(seed);
        gateway = Gateway.create(
                new GatewaySpec(GATEWAY, "test", GatewaySettings.defaults(), List.of(view), new byte[32]),
                new GatewayPorts(cells, this, GatewayListener.none(), counts, ids::nextLong),
                new GatewayInbox(1 << 14, () -> {}));
        world.connectGateway(GATEWAY, this::heard);
    }

    CheatBot bot(Cheat cheat, float x, float y) {
        CheatBot bot = new CheatBot(bots.size(), cheat, x, y);
        bots.add(bot);
        return bot;
    }

    /** A fair one, who is not as near to his server as the others. */
    CheatBot afar(LinkConditions conditions, boolean predicts, float x, float y) {
        CheatBot bot = bot(Cheat.NONE, x, y);
        bot.afar = new FairClient(conditions, predicts, bots.size(), nowNanos);
        return bot;
    }

    /** Its connection is lost; it comes back at once. */
    void cut(CheatBot bot) {
        bot.closed = true;
        if (bot.afar != null) {
            bot.afar.reconnects(nowNanos);
        }
    }

    private void heard(CellOutput output) {
        handoffCount += output instanceof CellOutput.Moved ? 1 : 0;
        if (output instanceof CellOutput.Joined joined) {
            for (CheatBot bot : bots) {
                if (bot.session != null && bot.session.id().value() == joined.session() && !bot.playing) {
                    bot.avatar = joined.avatar();
                    bot.nextSeq = joined.ackedSeq() + 1;
                    bot.playing = true;
                }
            }
        }
        gateway.inbox().offer(output);
    }

    @Override
    public void admit(Request request, GatewayInbox answerTo) {
        CheatBot bot = bots.stream()
                .filter(each -> each.character.equals(request.character()))
                .findFirst()
                .orElseThrow();
        CellId cell = bot.avatar == 0
                ? world.entranceOf(partition.regionAt(bot.startX, bot.startY))
                : world.entity(bot.avatar).cell();
        answerTo.offer(new AdmissionAnswer.Admitted(
                request.session(),
                request.attempt(),
                generations.merge(request.character(), 1, Integer::sum),
                cell,
                CellPort.ANY_EPOCH,
                bot.avatar,
                bot.startX,
                bot.startY));
    }

    /** All play for so long. */
    void play(int ticks, Wish wish) {
        for (int i = 0; i < ticks; i++) {
            for (int step = 0; step < STEPS_PER_TICK; step++) {
                nowNanos += STEP_NANOS;
                bots.forEach(this::stepAfar);
            }
            gateway.onTimer(nowNanos, nowNanos / 1_000_000);
            for (CheatBot bot : bots) {
                act(bot, wish);
            }
            gateway.drain(nowNanos);
            world.tick(1);
            gateway.drain(nowNanos);
            bots.forEach(this::look);
        }
    }

    private void look(CheatBot bot) {
        if (bot.avatar == 0 || world.inTransitCount() > 0) {
            return;
        }
        EntityView at = world.entity(bot.avatar);
        bot.isAt(at.worldX(), at.worldY());
        boolean dead = at.get(Pilot.class).respawnIn() > 0;
        bot.deathCount += dead && !bot.dead ? 1 : 0;
        bot.dead = dead;
        if (bot.afar != null && bot.playing) {
            bot.afar.snapshot(nowNanos);
        }
    }

    private void stepAfar(CheatBot bot) {
        if (bot.afar == null || !bot.playing || bot.closed) {
            return;
        }
        if (bot.afar.step(bot.nextSeq, () -> aimOf(bot), START_NANOS, nowNanos)) {
            bot.nextSeq++;
        }
        bot.afar.deliver(nowNanos, bytes -> say(bot, bytes));
    }

    private void act(CheatBot bot, Wish wish) {
        if (bot.closed && bot.session != null) {
            gateway.onClosed(bot.session);
            bot.session = null;
            bot.closedCount++;
        }
        if (bot.session == null) {
            connect(bot);
        } else if (bot.playing && bot.afar == null) {
            steer(bot, wish);
        }
    }

    private void connect(CheatBot bot) {
        bot.closed = false;
        bot.playing = false;
        bot.session = gateway.open(
                bot,
                new ConnectionFacts("127.0.0.1", new VerifiedToken(bot.name, bot.character, bot.name, Long.MAX_VALUE)),
                nowNanos);
        say(bot, ClientCodec.encode(new Hello(ProtocolVersion.MAJOR, ProtocolVersion.MINOR, "", bot.name, "", "test")));
    }

    private void steer(CheatBot bot, Wish wish) {
        int tick = (int) world.lastTick() + 1;
        float aim = wish.aims() ? aimOf(bot) : 0;
        ClientInput fair = new ClientInput(
                bot.nextSeq, tick, Math.max(1, tick - VIEW_LAG_TICKS), wish.moveX(), wish.moveY(), aim, wish.held(), 0);
        for (ClientInput input : bot.cheat.send(fair, bot.nextSeq)) {
            if (!bot.closed) {
                say(bot, ClientCodec.encode(input));
                bot.nextSeq = Math.max(bot.nextSeq, input.seq() + 1);
            }
        }
    }

    private void say(CheatBot bot, byte[] bytes) {
        Session session = bot.session;
        if (session != null) {
            gateway.onMessage(session, ByteBuffer.wrap(bytes), nowNanos);
        }
    }

    private float aimOf(CheatBot bot) {
        double nearest = Double.MAX_VALUE;
        float aim = 0;
        for (EntityView drone : world.entities(Drone.class, Position.class)) {
            double x = drone.worldX() - bot.lastX;
            double y = drone.worldY() - bot.lastY;
            if (x * x + y * y < nearest) {
                nearest = x * x + y * y;
                aim = (float) Math.atan2(y, x);
            }
        }
        return aim;
    }

    int shots(CheatBot bot) {
        return (int) world.events(Shot.class, EVER).stream()
                .filter(shot -> shot.shooter() == bot.avatar)
                .count();
    }

    int hits(CheatBot bot) {
        return (int) world.events(Hit.class, EVER).stream()
                .filter(hit -> hit.by() == bot.avatar)
                .count();
    }

    int handoffCount() {
        return handoffCount;
    }

    /** Nobody is between two cells. */
    boolean everybodyIsSomewhere() {
        return world.inTransitCount() == 0;
    }

    long correctionCount() {
        return world.count("cell_motions_corrected", "");
    }

    OffenceCounts offences() {
        return counts;
    }
}
