package dev.terrane.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * As many containers as some commands need, and what became of them. A door fills it, has the commands decided, and writes the changes; one that holds everything is an
 * inventory in memory. One thread.
 */
public final class Stock {
    private final Map<String, ItemType> types;
    private final Map<String, ContainerKind> kinds;
    private final LongSupplier nowMillis;
    private long nextNumber;

    private final Map<String, Place> places = new HashMap<>();
    private final SortedMap<Long, Place> touched = new TreeMap<>();
    private final Map<String, Integer> containerCounts = new HashMap<>();
    private final List<Container> opened = new ArrayList<>();
    private final List<Movement> moved = new ArrayList<>();

    /** A container, and its slots before and after. */
    private static final class Place {
        private final Container container;
        private final Slots before;
        private Slots now;

        private Place(Container container, Slots slots) {
            this.container = container;
            this.before = slots;
            this.now = slots;
        }
    }

    /** What a slot holds afterwards. @param stack null: nothing */
    public record Change(
            Container container, int slot, @Nullable Stack stack) {}

    /**
     * @param types by code, all that there are
     * @param kinds by code, all that there are
     * @param firstNumber of those that are free, {@link InventoryLimits#NUMBERS_PER_COMMAND_MAX} a command at most
     * @param nowMillis Unix time
     */
    public Stock(
            Map<String, ItemType> types, Map<String, ContainerKind> kinds, long firstNumber, LongSupplier nowMillis) {
        this.types = types;
        this.kinds = kinds;
        this.nextNumber = firstNumber;
        this.nowMillis = nowMillis;
    }

    /** Says what is in a container. @param stacks by slot */
    public void know(Container container, SortedMap<Integer, Stack> stacks) {
        Slots slots = new Slots(container.kind().slotCount());
        stacks.forEach(slots::set);
        places.put(container.address(), new Place(container, slots));
    }

    /** Says how many containers an owner has, those among them that were said to be there. */
    public void know(String owner, int containerCount) {
        containerCounts.put(owner, containerCount);
    }

    /** Containers opened here. */
    public List<Container> opened() {
        return Collections.unmodifiableList(opened);
    }

    /** Movements made here, in order. */
    public List<Movement> moved() {
        return Collections.unmodifiableList(moved);
    }

    /** Slots that hold something else than before, by container and slot. */
    public List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (Place place : touched.values()) {
            for (int slot = 0; slot < place.now.count(); slot++) {
                Stack stack = place.now.get(slot);
                Stack before = place.before.get(slot);
                if (stack == null ? before != null : !stack.equals(before)) {
                    changes.add(new Change(place.container, slot, stack));
                }
            }
        }
        return changes;
    }

    /** Containers in which something was put or taken, in order of their numbers. */
    public Collection<Container> touched() {
        return touched.values().stream().map(place -> place.container).toList();
    }

    /** What lies in the slots of a container; empty: there is no such container. */
    public Optional<SortedMap<Integer, Stack>> contents(String address) {
        return Optional.ofNullable(places.get(address)).map(place -> {
            SortedMap<Integer, Stack> stacks = new TreeMap<>();
            for (int slot = 0; slot < place.now.count(); slot++) {
                Stack stack = place.now.get(slot);
                if (stack != null) {
                    stacks.put(slot, stack);
                }
            }
            return stacks;
        });
    }

    long nowMillis() {
        return nowMillis.getAsLong();
    }

    Optional<ItemType> type(String code) {
        return Optional.ofNullable(types.get(code));
    }

    Optional<ContainerKind> kind(String code) {
        return Optional.ofNullable(kinds.get(code));
    }

    Optional<Container> container(String address) {
        return Optional.ofNullable(places.get(address)).map(place -> place.container);
    }

    /** How many are known of. */
    int containerCount(String owner) {
        return containerCounts.getOrDefault(owner, 0);
    }

    /** To be tried on; {@link #put} makes it true. */
    Slots slots(Container container) {
        return place(container).now.copy();
    }

    Container open(ContainerAddress address, ContainerKind kind) {
        Container container = new Container(nextNumber++, address.toString(), address.owner(), kind);
        places.put(container.address(), new Place(container, new Slots(kind.slotCount())));
        containerCounts.merge(address.owner(), 1, Integer::sum);
        opened.add(container);
        return container;
    }

    void put(Container container, Slots slots) {
        Place place = place(container);
        place.now = slots;
        touched.put(container.id(), place);
    }

    /** For a unique item that is being made. */
    long number() {
        return nextNumber++;
    }

    /** Notes down that goods have moved, all in one transaction. */
    long note(List<Stack> goods, @Nullable Container from, @Nullable Container to, Movement.Cause cause) {
        long transaction = nextNumber;
        for (Stack stack : goods) {
            moved.add(new Movement(nextNumber++, transaction, stack, from, to, cause));
        }
        return transaction;
    }

    private Place place(Container container) {
        Place place = places.get(container.address());
        if (place == null) {
            throw new IllegalStateException(container + " takes part, but nobody has said what is in it");
        }
        return place;
    }
}
