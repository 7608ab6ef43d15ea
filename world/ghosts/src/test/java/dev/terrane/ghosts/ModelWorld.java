package dev.terrane.ghosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.ecs.EntityStore;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Three cells whose entities move, change, die and are handed over at random; first over bad links, then over good ones until all is quiet. */
final class ModelWorld {
    private static final int CELL_COUNT = 3;
    private static final int TROUBLE_TICKS = 150;
    /** Long enough for every patience of the protocol: a silent source, a ghost left out, a bridge. */
    private static final int QUIET_TICKS =
            2 * GhostLimits.TTL_TICKS + 2 * GhostLimits.RENEW_TICKS + GhostLimits.BRIDGE_TICKS;

    private static final int UNLIMITED = 1000;
    private static final StripPartition PARTITION = new StripPartition(CELL_COUNT, 128, 128);

    private record Traveller(long id, CellId to, byte[] image, int ownership, long dueTick, float x, float y) {}

    private final Rng rng;
    private final FaultyLink link;
    private final List<ModelCell> cells = new ArrayList<>();
    private final List<Traveller> underWay = new ArrayList<>();
    private final SortedMap<Long, SortedSet<String>> everTrue = new TreeMap<>();
    private final SortedMap<Long, Integer> ownerships = new TreeMap<>();
    private final int ghostCountMax;
    private final boolean crashes;
    private long lastId;
    private long tick;
    int handoffCount;
    int restartCount;
    int ghostsChecked;
    int followedChecked;

    ModelWorld(long seed, Sabotage sabotage) {
        this.rng = new Rng(seed);
        this.ghostCountMax = rng.chance(0.25f) ? 5 + rng.nextInt(10) : UNLIMITED;
        this.crashes = rng.chance(0.5f);
        this.link = new FaultyLink(rng, sabotage);
        for (RegionId region : PARTITION.regions()) {
            cells.add(new ModelCell(new CellId(new WorldId("model"), region, 0), PARTITION, ghostCountMax, sabotage));
        }
        for (int i = 0; i < 45; i++) {
            spawn(cells.get(i % CELL_COUNT));
        }
    }

    void play() {
        for (int i = 0; i < TROUBLE_TICKS; i++) {
            step(true);
        }
        link.repair();
        for (int i = 0; i < QUIET_TICKS; i++) {
            step(false);
        }
        cells.forEach(this::checkQuiet);
        cells.forEach(cell -> cell.follows.clear());
        for (int i = 0; i < ModelCell.FOLLOW_TICKS + GhostLimits.TTL_TICKS; i++) {
            step(false);
        }
        cells.forEach(this::checkQuiet);
        checkSubscriptions();
    }

    FaultyLink link() {
        return link;
    }

    private void step(boolean trouble) {
        tick++;
        cells.forEach(cell -> cell.subscriber.beginTick(tick));
        link.deliver(tick, (to, message) -> cells.get(to.region().a()).take(message, tick));
        for (ModelCell cell : cells) {
            if (trouble) {
                live(cell);
            }
            takeIn(cell);
            for (Iterator<Long> each = cell.follows.iterator(); each.hasNext(); ) {
                long id = each.next();
                if (!cell.subscriber.follow(id, cell.find(id) != 0, tick)) {
                    each.remove();
                }
            }
            remember(cell);
            cell.tellAndAsk(tick, (to, message) -> link.send(cell.id, to, message, tick));
        }
        cells.forEach(this::checkAlways);
    }

    private void live(ModelCell cell) {
        if (crashes && rng.chance(0.01f)) {
            cell.restart();
            restartCount++;
        }
        if (rng.chance(0.2f)) {
            changeWants(cell);
        }
        if (rng.chance(0.3f)) {
            spawn(cell);
        }
        if (rng.chance(0.1f)) {
            follow(cell);
        }
        for (long id : List.copyOf(cell.handles.keySet())) {
            float fate = rng.nextFloat();
            if (fate < 0.3f) {
                change(cell, id);
                if (rng.chance(0.3f)) {
                    change(cell, id); // a value and a component in one tick
                }
            } else if (fate < 0.31f) {
                cell.despawn(id);
            } else if (fate < 0.33f) {
                depart(cell, id);
            }
        }
    }

    private void changeWants(ModelCell cell) {
        ModelCell other = cells.get(rng.nextInt(CELL_COUNT));
        if (other == cell) {
            return;
        }
        int few = rng.nextInt(3);
        cell.want(
                other.id,
                few == 0
                        ? new int[0]
                        : IntStream.range(0, other.grid.chunkCount())
                                .filter(_ -> rng.nextInt(3) < few)
                                .toArray());
    }

    private void follow(ModelCell cell) {
        List<Long> seen = new ArrayList<>();
        ghosts(cell).keySet().forEach(seen::add);
        if (!seen.isEmpty()) {
            cell.follows.add(seen.get(rng.nextInt(seen.size())));
        }
        if (cell.follows.size() > 4) {
            cell.follows.removeFirst();
        }
    }

    private void spawn(ModelCell cell) {
        long id = ++lastId;
        ownerships.put(id, 1);
        Position at = new Position(somewhere(), somewhere(), 0);
        Nameplate name = new Nameplate("n" + rng.nextInt(100));
        if (rng.chance(0.5f)) {
            cell.spawn(id, at, name, new ModelCell.Armour(rng.nextInt(100)));
        } else {
            cell.spawn(id, at, name);
        }
    }

    private float somewhere() {
        return rng.nextInt(512) / 4f - 64;
    }

    private void change(ModelCell cell, long id) {
        EntityStore store = cell.store;
        long handle = cell.handle(id);
        switch (rng.nextInt(6)) {
            case 0 ->
                store.set(handle, ModelCell.SCHEMA.type(Position.class), new Position(somewhere(), somewhere(), 0));
            case 1 -> store.set(handle, ModelCell.SCHEMA.type(Nameplate.class), new Nameplate("n" + rng.nextInt(100)));
            case 2 -> toggle(store, handle, new Heading(rng.nextInt(8)));
            case 3 -> toggle(store, handle, new ModelCell.Mood(rng.nextInt(8)));
            default -> {
                Position at = store.get(handle, ModelCell.SCHEMA.type(Position.class));
                store.set(handle, ModelCell.SCHEMA.type(Position.class), new Position(at.x() + 0.25f, at.y(), 0));
            }
        }
        store.flush();
    }

    private static void toggle(EntityStore store, long handle, Record component) {
        if (store.has(handle, ModelCell.SCHEMA.type(component.getClass()))) {
            store.detach(handle, component.getClass());
        } else {
            store.attach(handle, component);
        }
    }

    private void depart(ModelCell cell, long id) {
        ModelCell target = cells.get(rng.nextInt(CELL_COUNT));
        if (target != cell) {
            handoffCount++;
            int ownership = ownerships.merge(id, 1, Integer::sum);
            remember(cell, id, cell.handle(id));
            byte[] image = cell.depart(id, target.id, tick);
            underWay.add(new Traveller(
                    id, target.id, image, ownership, tick + 1 + rng.nextInt(3), somewhere(), somewhere()));
        }
    }

    private void takeIn(ModelCell cell) {
        for (Iterator<Traveller> each = underWay.iterator(); each.hasNext(); ) {
            Traveller traveller = each.next();
            if (traveller.to().equals(cell.id) && traveller.dueTick() <= tick) {
                cell.arrive(traveller.id(), traveller.image(), traveller.ownership(), traveller.x(), traveller.y());
                each.remove();
            }
        }
    }

    private void remember(ModelCell cell) {
        cell.handles.forEach((id, handle) -> remember(cell, id, handle));
    }

    private void remember(ModelCell cell, long id, long handle) {
        everTrue.computeIfAbsent(id, _ -> new TreeSet<>()).add(cell.valuesOf(cell.store, handle));
    }

    /** Id → ownership and values, as the cell sees them. */
    private SortedMap<Long, String> ghosts(ModelCell cell) {
        EntityStore flock = cell.subscriber.ghosts();
        var identity = ModelCell.SCHEMA.type(Identity.class);
        SortedMap<Long, String> seen = new TreeMap<>();
        for (var table : flock.query(identity)) {
            for (int row = 0; row < table.size(); row++) {
                Identity who = flock.get(table.entity(row), identity);
                String values = cell.valuesOf(flock, table.entity(row));
                assertThat(seen.put(who.id(), who.ownership() + ": " + values))
                        .as("another ghost of " + who.id())
                        .isNull();
                assertThat(cell.subscriber.find(who.id())).isEqualTo(table.entity(row));
            }
        }
        return seen;
    }

    private void checkAlways(ModelCell cell) {
        SortedMap<Long, String> seen = ghosts(cell);
        assertThat(seen.size()).as("ghosts of " + cell.id).isLessThanOrEqualTo(ghostCountMax);
        seen.forEach((id, ghost) -> {
            ghostsChecked++;
            assertThat(cell.find(id)).as(cell.id + " owns its ghost " + id).isZero();
            int colon = ghost.indexOf(':');
            assertThat(Integer.parseInt(ghost.substring(0, colon)))
                    .as("ownership of ghost " + id)
                    .isLessThanOrEqualTo(ownerships.getOrDefault(id, 0));
            assertThat(everTrue.getOrDefault(id, new TreeSet<>()))
                    .as(cell.id + " sees " + id + " as it never was, in tick " + tick)
                    .contains(ghost.substring(colon + 2));
        });
    }

    /** After a crash nobody knows where those went who left before: whom others followed they may have lost, but not whom they see around. */
    private void checkQuiet(ModelCell cell) {
        SortedMap<Long, String> certain = new TreeMap<>();
        SortedMap<Long, String> possible = new TreeMap<>();
        for (ModelCell other : cells) {
            if (other != cell) {
                collect(cell, other, certain, possible);
            }
        }
        SortedMap<Long, String> seen = ghosts(cell);
        assertThat(less(seen, possible))
                .as(cell.id + " sees what it should not")
                .isEmpty();
        if (ghostCountMax == UNLIMITED) {
            assertThat(less(certain, seen)).as(cell.id + " should see").isEmpty();
        }
    }

    private static SortedMap<Long, String> less(SortedMap<Long, String> all, SortedMap<Long, String> these) {
        SortedMap<Long, String> rest = new TreeMap<>(all);
        rest.entrySet().removeAll(these.entrySet());
        return rest;
    }

    private void collect(
            ModelCell cell, ModelCell other, SortedMap<Long, String> certain, SortedMap<Long, String> possible) {
        int[] chunks = cell.wants.getOrDefault(other.id, new int[0]);
        other.handles.forEach((id, handle) -> {
            Position at = other.store.get(handle, ModelCell.SCHEMA.type(Position.class));
            boolean near = IntStream.of(chunks).anyMatch(chunk -> chunk == other.grid.chunkAt(at.x(), at.y()));
            boolean followed = cell.follows.contains(id);
            String truth = ownerships.get(id) + ": " + other.valuesOf(other.store, handle);
            if (near || followed) {
                possible.put(id, truth);
            }
            if (near || (followed && restartCount == 0)) {
                certain.put(id, truth);
                followedChecked += near ? 0 : 1;
            }
        });
    }

    private void checkSubscriptions() {
        for (ModelCell cell : cells) {
            long sources = cells.stream().filter(other -> wants(cell, other)).count();
            long subscribers =
                    cells.stream().filter(other -> wants(other, cell)).count();
            assertThat(cell.subscriber.sourceCount())
                    .as("sources of " + cell.id)
                    .isEqualTo((int) sources);
            assertThat(cell.publisher.subscriberCount())
                    .as("subscribers of " + cell.id)
                    .isEqualTo((int) subscribers);
        }
    }

    private static boolean wants(ModelCell cell, ModelCell other) {
        return cell != other && cell.wants.getOrDefault(other.id, new int[0]).length > 0;
    }
}
