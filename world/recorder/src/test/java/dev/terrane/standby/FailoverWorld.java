package dev.terrane.standby;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.EntityId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.DeclaredIntents;
import dev.terrane.cell.ImageDraft;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.TickFacts;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.ecs.EntityStore;
import dev.terrane.games.skirmish.Skirmish;
import dev.terrane.plugin.WorldMap;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.PlayerInput;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.recorder.Replay;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Cells of one world on several nodes, each with a standby on another one, players who fight over their borders, and nodes and cells that die at any tick. After each
 * death the standby goes on, and the others hear of it some time later.
 */
final class FailoverWorld implements CellListener {
    static final Map<String, String> OPTIONS = Map.of("dronesPerRegion", "8", "asteroidsPerRegion", "4");
    private static final WorldId NAME = new WorldId("failover");
    private static final StripPartition STRIP = new StripPartition(Relay.CELL_COUNT, 256, 256);
    private static final int NODE_COUNT = 3;
    private static final int PLAYER_COUNT = 4;
    private static final long MILLIS_PER_TICK = 50;
    private static final int NEWS_TICKS_MAX = 9;
    private static final int PROMOTION_TICKS_MAX = 4;
    private static final int IMAGE_EVERY_TICKS = 60;

    private final Rng rng;
    private final long seed;
    private final FailoverFault fault;
    private final World world;
    private final SimWays ways;
    private final SortedMap<CellId, SimOwner> owners = new TreeMap<>();
    private final SortedMap<CellId, Long> promotionTick = new TreeMap<>();
    private final List<News> news = new ArrayList<>();
    private final Map<CharacterId, Place> directory = new HashMap<>();
    private final List<SimPlayer> players = new ArrayList<>();
    private final FailoverChecker checker;
    private final SimJournal journal;
    private long tick;
    private long lastEpoch;
    private int lastIncarnation;
    private int promotionCount;
    private int lostTickCount;
    private boolean steering = true;

    /** What a cell is to be told, when there is one. */
    private record News(CellId to, CellInput message, long dueTick) {}

    private record Place(CellId cell, int ownership, boolean here) {}

    FailoverWorld(long seed, FailoverFault fault) {
        this.seed = seed;
        this.rng = new Rng(seed);
        this.fault = fault;
        this.world = new World(new WorldMap(NAME.name(), STRIP), game(_ -> {}).schema(), seed);
        this.ways = new SimWays(rng, owners::get);
        this.journal = new SimJournal(rng);
        this.checker = new FailoverChecker(world);
        for (RegionId region : STRIP.regions()) {
            SimOwner owner = newOwner(new CellId(NAME, region, 0), region.a() % NODE_COUNT);
            owner.open();
            owners.put(owner.id(), owner);
        }
        for (int i = 0; i < PLAYER_COUNT; i++) {
            players.add(new SimPlayer(i + 1, new CharacterId(new UUID(7, i + 1))));
        }
    }

    static Replay.Game game(Consumer<EntityStore> configured) {
        List<PluginModule> modules = modules(_ -> {});
        return new Replay.Game(
                WorldSchema.of(modules.stream().map(PluginModule::plugin).toList()),
                new CellInputCodec(
                        NAME,
                        DeclaredIntents.of(
                                modules.stream().map(PluginModule::plugin).toList())),
                command -> {
                    throw new MalformedBytesException("no command was sent: " + command.type());
                },
                () -> modules(configured));
    }

    static List<PluginModule> modules(Consumer<EntityStore> configured) {
        return List.of(new PluginModule(new Skirmish(), OPTIONS), new PluginModule(new Relay(configured), Map.of()));
    }

    private SimOwner owner(CellId id) {
        return Objects.requireNonNull(owners.get(id));
    }

    private SimOwner newOwner(CellId id, int node) {
        CellSpec spec = new CellSpec(id, ++lastEpoch, ++lastIncarnation, world, CellSettings.defaults());
        int standby = (node + 1 + rng.nextInt(NODE_COUNT - 1)) % NODE_COUNT;
        return new SimOwner(spec, node, standby, new SimOwner.Surroundings(ways, this::told, this, fault, rng));
    }

    int promotionCount() {
        return promotionCount;
    }

    int lostTickCount() {
        return lostTickCount;
    }

    int cutCount() {
        return ways.cutCount();
    }

    /** @throws AssertionError when a checker finds something */
    void play(int tickCount, boolean wild) {
        for (int i = 0; i < tickCount; i++) {
            tick(wild);
        }
    }

    private void tick(boolean wild) {
        tick++;
        ways.carry(wild);
        tellNews();
        promoteWhoIsDue();
        players.forEach(this::play);
        for (SimOwner owner : owners.values()) {
            if (owner.alive) {
                if (tick % IMAGE_EVERY_TICKS == owner.id().region().a()) {
                    owner.cell().requestImage();
                }
                owner.cell().tick(tick, tick * MILLIS_PER_TICK);
                checker.ticked(owner, tick);
                if (wild && rng.chance(0.004f)) {
                    die(owner);
                }
            }
        }
        journal.work(wild, (cell, epoch, factsTick) -> {
            if (owner(cell).spec.epoch() == epoch) {
                owner(cell).offer(new CellInput.FactsStored(factsTick));
            }
        });
        checker.nobodyIsTwice(owners.values());
        if (wild && rng.chance(0.004f)) {
            dieTogether(rng.nextInt(NODE_COUNT));
        }
        for (SimOwner owner : owners.values()) {
            if (owner.alive) {
                owner.carry(wild);
            }
        }
    }

    private void die(SimOwner owner) {
        if (!owner.whole()) {
            return; // it would have to start from its checkpoint, which other simulations play
        }
        owner.die();
        journal.ownerDied(owner.id());
        promotionTick.put(owner.id(), tick + 1 + rng.nextInt(PROMOTION_TICKS_MAX));
    }

    private void dieTogether(int node) {
        List<SimOwner> fallen =
                owners.values().stream().filter(each -> each.node == node).toList();
        boolean survivable = fallen.stream().allMatch(each -> each.alive && each.whole())
                && owners.values().stream().allMatch(each -> each.alive || each.standbyNode != node);
        if (!survivable || fallen.isEmpty()) {
            return;
        }
        fallen.forEach(this::die);
        ways.nodeDied(node);
        for (SimOwner owner : owners.values()) {
            if (owner.alive && owner.standbyNode == node) {
                owner.moveStandby(
                        (node + 1) % NODE_COUNT == owner.node ? (node + 2) % NODE_COUNT : (node + 1) % NODE_COUNT);
            }
        }
    }

    private void promoteWhoIsDue() {
        for (CellId id : new TreeSet<>(promotionTick.keySet())) {
            if (promotionTick.getOrDefault(id, tick) > tick) {
                continue;
            }
            promotionTick.remove(id);
            SimOwner before = owner(id);
            SimOwner after = newOwner(id, before.standbyNode);
            int lost = (int) (before.cell().lastTick() - before.twinTick());
            lostTickCount += lost;
            promotionCount++;
            after.promoted(before, journal.raiseFence(id, after.spec.epoch()));
            owners.put(id, after);
            checker.promoted(after);
            tellOf(after);
            cellUp(after, lost);
        }
    }

    private void tellOf(SimOwner after) {
        for (CellId other : owners.keySet()) {
            if (!other.equals(after.id())) {
                long due = tick + rng.nextInt(NEWS_TICKS_MAX);
                CellInput message = fault == FailoverFault.CALLED_A_RESTART
                        ? new CellInput.PeerRestarting(after.id(), after.spec.epoch())
                        : new CellInput.PeerContinues(after.id(), after.spec.epoch());
                news.add(new News(other, message, due));
            }
        }
    }

    private void tellNews() {
        news.removeIf(each -> each.dueTick() <= tick && owner(each.to()).offer(each.message()) == Admission.ACCEPTED);
    }

    /** Only whose avatar is known to be there asks to go on; the others are on their way, and their session with them. */
    private void cellUp(SimOwner after, int lostTicks) {
        for (SimPlayer player : players) {
            if (after.id().equals(player.cell)) {
                player.forgive(lostTicks);
                Place place = directory.get(player.character);
                if (place != null && place.here() && place.cell().equals(after.id())) {
                    after.offer(player.join(after.id()));
                } else {
                    player.seeking = true;
                }
            }
        }
    }

    private void play(SimPlayer player) {
        if (player.cell == null) {
            CellId home = new CellId(NAME, new RegionId((int) (player.session % Relay.CELL_COUNT), 0), 0);
            if (tick % 20 == 2 && !directory.containsKey(player.character)) {
                owner(home).offer(player.join(home));
            }
            return;
        }
        Place place = directory.get(player.character);
        if (player.seeking && tick % 5 == 0 && place != null && place.here()) {
            owner(place.cell()).offer(player.join(place.cell()));
        }
        int phase = (int) (tick / 60) + (int) player.session;
        if (steering) {
            player.steer((phase & 1) == 0 ? 1 : -1, rng.nextFloat(-1, 1), rng.nextFloat(0, 6), rng.nextInt(2), tick);
        }
        for (PlayerInput next = player.nextToOffer(); next != null; next = player.nextToOffer()) {
            SimOwner owner = owner(player.cell);
            if (owner.offer(next) != Admission.ACCEPTED) {
                return;
            }
            player.offered(next);
        }
    }

    private boolean told(int gateway, CellOutput output) {
        switch (output) {
            case CellFrame frame -> {
                for (int i = 0; i < frame.avatarCount(); i++) {
                    SimPlayer player = players.get((int) frame.session()[i] - 1);
                    if (frame.cell().equals(player.cell)) {
                        player.acknowledge(frame.ackedSeq()[i]);
                    }
                }
            }
            case CellOutput.Joined joined ->
                players.get((int) joined.session() - 1).hear(joined);
            case CellOutput.Moved moved ->
                players.get((int) moved.session() - 1).hear(moved);
            case CellOutput.SessionEnded ended -> throw new AssertionError("nobody ended " + ended);
            case CellOutput.JoinRefused refused -> players.get((int) refused.session() - 1).seeking = true;
            case CellOutput.Offended offended -> throw new AssertionError("all play fair, but " + offended);
            case CellOutput.ToClient _, CellOutput.CellUp _, CellOutput.Layers _, CellOutput.Pace _ -> {}
        }
        return true;
    }

    /** Lets everything come to rest: then all is where it belongs. */
    void checkQuiet() {
        play(120, false);
        checker.beginQuiet(owners.values());
        play(30, false);
        steering = false;
        play(60, false);
        journal.work(false, (_, _, _) -> {});
        journal.checkNothingIsLost();
        checker.quiet(owners.values(), players);
    }

    @Override
    public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {
        place(character, new Place(cell, ownership, true));
    }

    @Override
    public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {
        place(character, new Place(to, ownership, false));
    }

    private void place(CharacterId character, Place place) {
        directory.merge(
                character,
                place,
                (was, is) ->
                        is.ownership() > was.ownership() || is.ownership() == was.ownership() && is.here() ? is : was);
    }

    @Override
    public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {
        throw new AssertionError("the avatar " + new EntityId(entity) + " is gone from " + cell);
    }

    @Override
    public void loggedOut(CellId cell, CharacterId character, int generation) {
        throw new AssertionError("nobody logged out");
    }

    @Override
    public void facts(TickFacts facts) {
        journal.submit(facts);
    }

    int storedCount() {
        return journal.storedCount();
    }

    @Override
    public void image(ImageDraft draft, boolean last) {
        CellId cell = draft.cell();
        long epoch = draft.epoch();
        long imageTick = draft.tick();
        draft.discard();
        SimOwner owner = owners.get(cell);
        if (owner != null && owner.spec.epoch() == epoch && rng.chance(0.8f)) {
            owner.offer(new CellInput.CheckpointStored(imageTick));
        }
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + fault;
    }
}
