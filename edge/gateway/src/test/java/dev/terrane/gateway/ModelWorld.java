package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.gateway.AdmissionAnswer.Admitted;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Some {@link ModelCell}s with avatars that wander between them, behind the ports of a gateway. Trouble comes from a seed. */
final class ModelWorld implements CellPort, Admissions {
    static final int GATEWAY = 1;
    /** As in a real cell: back and forth within a tick would lose inputs under way. */
    private static final int COOLDOWN_TICKS = 20;

    final Partition partition;
    final TreeMap<CellId, ModelCell> cells = new TreeMap<>();
    final Map<CharacterId, ModelAvatar> avatars = new HashMap<>();
    /** Inputs in the order in which they were applied. */
    final Map<CharacterId, List<Integer>> applied = new HashMap<>();

    private final List<ModelAvatar> inOrder = new ArrayList<>();
    private final Rng rng;
    private GatewayInbox outputs = new GatewayInbox(8, () -> {});
    private final List<Said> delayed = new ArrayList<>();

    private record Said(CellId from, CellOutput output) {}

    /** Of every cell, when they are on other nodes; null when the gateway is together with them. */
    private final @Nullable TreeMap<CellId, ModelLink> links;

    boolean calm;
    long tick = 1;

    ModelWorld(Partition partition, Rng rng) {
        this(partition, rng, false);
    }

    /** @param remote whether what is said to cells and by them can be lost */
    ModelWorld(Partition partition, Rng rng, boolean remote) {
        this.links = remote ? new TreeMap<>() : null;
        this.partition = partition;
        this.rng = rng;
        int incarnation = 1;
        for (RegionId region : partition.regions()) {
            CellId id = new CellId(TestWorld.ID, region, 0);
            ChunkGrid grid = new ChunkGrid(partition.bounds(region), TestWorld.CHUNK_METRES);
            cells.put(id, new ModelCell(id, grid, incarnation++));
            if (links != null) {
                links.put(id, new ModelLink(id, rng));
            }
        }
    }

    void connect(GatewayInbox inbox) {
        outputs = inbox;
    }

    @Override
    public Admission offer(CellId id, long epoch, CellInput message) {
        ModelCell cell = cells.get(id);
        if (cell == null) {
            return Admission.UNKNOWN;
        }
        ModelLink link = links == null ? null : links.get(id);
        if (link != null) {
            return overLink(link, cell, epoch, message);
        }
        if (!calm && rng.chance(0.05f)) {
            return rng.chance(0.8f) ? Admission.FULL : Admission.SEALED;
        }
        if (epoch != ANY_EPOCH && epoch != cell.epoch) {
            return Admission.STALE_EPOCH;
        }
        cell.inbox.add(message);
        return Admission.ACCEPTED;
    }

    /** What a cell on another node does not take is lost without a word. */
    private Admission overLink(ModelLink link, ModelCell cell, long epoch, CellInput message) {
        if (!calm && rng.chance(0.02f)) {
            return Admission.FULL;
        }
        boolean arrives = link.offer(message);
        boolean isInput = message instanceof CellInput.PlayerInput;
        boolean takes = (epoch == ANY_EPOCH || epoch == cell.epoch) && (calm || isInput || !rng.chance(0.05f));
        if (arrives && takes) {
            cell.inbox.add(message);
        }
        return link.takes(message) ? Admission.ACCEPTED : Admission.SEALED;
    }

    private void say(CellId from, CellOutput output) {
        ModelLink link = links == null ? null : links.get(from);
        if (link == null || link.brings()) {
            outputs.offer(output);
        }
    }

    private void say(Said said) {
        say(said.from(), said.output());
    }

    @Override
    public void admit(Request request, GatewayInbox answerTo) {
        ModelAvatar avatar = avatars.get(request.character());
        if (avatar == null) {
            ModelCell cell = List.copyOf(cells.values()).get(rng.nextInt(cells.size()));
            avatar = new ModelAvatar(request.character(), request.session() ^ 1, cell);
            avatar.x = partition.originX(cell.id.region());
            avatar.y = partition.originY(cell.id.region());
            settle(avatar, cell);
            avatars.put(request.character(), avatar);
            inOrder.add(avatar);
            applied.put(request.character(), new ArrayList<>());
        }
        avatar.generation++;
        answerTo.offer(new Admitted(
                request.session(), request.attempt(), avatar.generation, avatar.cell.id, avatar.cell.epoch, 0, 0));
    }

    private void settle(ModelAvatar avatar, ModelCell cell) {
        avatar.cell = cell;
        avatar.originX = partition.originX(cell.id.region());
        avatar.originY = partition.originY(cell.id.region());
    }

    /** One tick of everything: inputs, changes, walks, frames. */
    void turn() {
        tick++;
        deliverDelayed();
        if (links != null) {
            links.values().forEach(link -> link.turn(outputs));
        }
        for (ModelCell cell : cells.values()) {
            List<CellInput> messages = List.copyOf(cell.inbox);
            cell.inbox.clear();
            messages.forEach(message -> consume(cell, message));
            if (!calm) {
                cell.stir(rng);
            }
        }
        if (!calm) {
            inOrder.forEach(this::walk);
            trouble();
        }
        for (ModelCell cell : cells.values()) {
            if (!cell.watched.isEmpty() || !cell.avatars.isEmpty()) {
                say(cell.id, cell.frame(tick)); // a refused frame is lost, as in life
            }
        }
    }

    private void deliverDelayed() {
        List<Said> due = List.copyOf(delayed);
        delayed.clear();
        for (Said said : due) {
            if (!calm && rng.chance(0.3f)) {
                delayed.add(said);
            } else {
                say(said);
            }
        }
    }

    private void consume(ModelCell cell, CellInput message) {
        switch (message) {
            case CellInput.Watch watch -> cell.watch(watch.chunks());
            case CellInput.Unwatch unwatch -> cell.unwatch(unwatch.chunks());
            case CellInput.Join join -> join(cell, join);
            case CellInput.Leave leave -> cell.avatars.remove(leave.session());
            case CellInput.PlayerInput input -> {
                ModelAvatar avatar = cell.avatars.get(input.session());
                if (avatar != null && input.seq() > avatar.acked) {
                    Objects.requireNonNull(applied.get(avatar.character)).add(input.seq());
                    avatar.acked = input.seq();
                    avatar.appliedHere++;
                }
            }
            default -> throw new AssertionError("a gateway does not send " + message);
        }
    }

    private void join(ModelCell cell, CellInput.Join join) {
        ModelAvatar avatar = Objects.requireNonNull(avatars.get(join.character()));
        if (avatar.cell != cell) {
            say(cell.id, new CellOutput.JoinRefused(join.session(), cell.id, CellOutput.JoinRefused.Reason.IN_TRANSIT));
            return;
        }
        avatar.session = join.session();
        cell.avatars.put(avatar.session, avatar);
        say(
                cell.id,
                new CellOutput.Joined(
                        avatar.session, cell.id, cell.epoch, avatar.entity, avatar.ownership, avatar.acked));
    }

    private void walk(ModelAvatar avatar) {
        avatar.x += rng.nextFloat(-25, 25);
        avatar.y += rng.nextFloat(-25, 25);
        RegionId region = partition.regionAt(avatar.x, avatar.y);
        ModelCell from = avatar.cell;
        ModelCell to = Objects.requireNonNull(cells.get(new CellId(TestWorld.ID, region, 0)));
        if (to == from || tick - avatar.arrivedTick < COOLDOWN_TICKS || !from.avatars.containsKey(avatar.session)) {
            return;
        }
        from.avatars.remove(avatar.session);
        avatar.ownership++;
        avatar.arrivedTick = tick;
        avatar.appliedHere = 0;
        settle(avatar, to);
        to.avatars.put(avatar.session, avatar);
        CellOutput moved = new CellOutput.Moved(
                avatar.session,
                from.id,
                to.id,
                rng.chance(0.5f) ? to.epoch : CellPort.ANY_EPOCH,
                avatar.entity,
                avatar.ownership,
                avatar.acked);
        if (rng.chance(0.5f)) {
            delayed.add(new Said(from.id, moved));
        } else {
            say(from.id, moved);
        }
    }

    /** Its node dies and its copy goes on; what the dead node had still to say may come after that. */
    private void promote(ModelCell cell) {
        if (rng.chance(0.5f)) {
            delayed.add(new Said(cell.id, cell.frame(tick + rng.nextInt(10))));
        }
        cell.goOn();
        cell.avatars.values().forEach(this::forget);
        outputs.offer(new CellOutput.CellUp(cell.id, cell.epoch, true));
    }

    /** The copy lacks the last ticks, whose frames were sent. */
    private void forget(ModelAvatar avatar) {
        List<Integer> done = Objects.requireNonNull(applied.get(avatar.character));
        for (int lost = rng.nextInt(4); lost > 0 && avatar.appliedHere > 0; lost--) {
            avatar.appliedHere--;
            done.removeLast();
            avatar.acked--;
        }
    }

    private void trouble() {
        if (rng.chance(0.01f)) {
            restart(any());
        }
        if (links == null) {
            return;
        }
        if (rng.chance(0.02f)) {
            promote(any());
        }
        if (rng.chance(0.03f)) {
            Objects.requireNonNull(links.get(any().id)).cut();
        }
    }

    private ModelCell any() {
        return List.copyOf(cells.values()).get(rng.nextInt(cells.size()));
    }

    private void restart(ModelCell cell) {
        cell.restart();
        outputs.offer(new CellOutput.CellUp(cell.id, cell.epoch));
    }
}
