package dev.terrane.games.skirmish;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.cell.CellSettings;
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
import dev.terrane.protocol.cluster.Offence;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.testkit.EntityView;
import dev.terrane.testkit.HandCrankedWorld;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** The game in one cell and a real gateway in front of it, tick by tick in one thread: the same seed and the same bots give the same world. */
final class CheatHouse implements Admissions, Meters {
    private static final int GATEWAY = 1;
    private static final int VIEW_LAG_TICKS = 3;
    private static final long TICK_NANOS = 50_000_000L;
    private static final RegionId REGION = new RegionId(0, 0);

    /** What a player wants, whatever his client makes of it. @param aims at the nearest drone */
    record Wish(float moveX, float moveY, int held, boolean aims) {}

    private final HandCrankedWorld world;
    private final Gateway gateway;
    private final List<CheatBot> bots = new ArrayList<>();
    private final Map<CharacterId, Integer> generations = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<Long, Integer> shots = new HashMap<>();
    private final Map<Long, Integer> hits = new HashMap<>();
    private long nowNanos = 1_000_000_000L;

    CheatHouse(int drones, double regionMetres, long seed) {
        Partition partition = new HexPartition(1, 1, regionMetres);
        Map<String, String> options = Map.of("dronesPerRegion", "" + drones, "asteroidsPerRegion", "0");
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
                new GatewayPorts(cells, this, GatewayListener.none(), this, ids::nextLong),
                new GatewayInbox(1 << 14, () -> {}));
        world.connectGateway(GATEWAY, this::heard);
    }

    CheatBot bot(Cheat cheat, float x, float y) {
        CheatBot bot = new CheatBot(bots.size(), cheat, x, y);
        bots.add(bot);
        return bot;
    }

    private void heard(CellOutput output) {
        if (output instanceof CellOutput.Joined joined) {
            for (CheatBot bot : bots) {
                if (bot.session != null && bot.session.id().value() == joined.session()) {
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
        CellId cell = world.entranceOf(REGION);
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
            nowNanos += TICK_NANOS;
            gateway.onTimer(nowNanos, nowNanos / 1_000_000);
            for (CheatBot bot : bots) {
                act(bot, wish);
            }
            gateway.drain(nowNanos);
            world.tick(1);
            gateway.drain(nowNanos);
            world.events(Shot.class, 1).forEach(shot -> shots.merge(shot.shooter(), 1, Integer::sum));
            world.events(Hit.class, 1).forEach(hit -> hits.merge(hit.by(), 1, Integer::sum));
            for (CheatBot bot : bots) {
                if (bot.avatar != 0) {
                    EntityView at = world.entity(bot.avatar);
                    bot.isAt(at.worldX(), at.worldY());
                }
            }
        }
    }

    private void act(CheatBot bot, Wish wish) {
        if (bot.closed && bot.session != null) {
            gateway.onClosed(bot.session);
            bot.session = null;
            bot.closedCount++;
        }
        if (bot.session == null) {
            connect(bot);
        } else if (bot.playing) {
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
        return shots.getOrDefault(bot.avatar, 0);
    }

    int hits(CheatBot bot) {
        return hits.getOrDefault(bot.avatar, 0);
    }

    long violations(Offence offence) {
        return counts.getOrDefault("fairplay_violations/" + offence.name().toLowerCase(Locale.ROOT), 0L);
    }

    long violations() {
        long all = 0;
        for (Offence offence : Offence.values()) {
            all += violations(offence);
        }
        return all;
    }

    @Override
    public Count count(String name, String... labels) {
        String key = labels.length > 0 ? name + "/" + labels[labels.length - 1] : name;
        return amount -> counts.merge(key, amount, Long::sum);
    }

    @Override
    public Distribution distribution(String name, String... labels) {
        return _ -> {};
    }

    @Override
    public void gauge(String name, LongSupplier read, String... labels) {}
}
