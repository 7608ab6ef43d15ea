package dev.terrane.standby;

import static java.util.Objects.requireNonNull;

import dev.terrane.base.CellId;
import dev.terrane.base.EntityId;
import dev.terrane.cell.World;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.kit.Identity;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What has to hold whoever dies: nobody is twice or lost, no name is given twice, every number that was sent was heard once and in its turn, sessions go on. */
final class FailoverChecker {
    private final ComponentType<Identity> identity;
    private final ComponentType<Relay.Ledger> ledger;
    private final ComponentType<Relay.Wanderer> wanderer;
    /** Under whom each was first seen. */
    private final Map<Long, String> births = new HashMap<>();
    /** Who was there after the last tick. */
    private final Map<CellId, Set<Long>> residents = new HashMap<>();

    private final Map<Integer, Relay.Ledger> sentBefore = new TreeMap<>();
    /** Since {@link #beginQuiet}. */
    private final Set<Long> seen = new HashSet<>();

    private final Set<Long> wanderersSeen = new HashSet<>();

    FailoverChecker(World world) {
        Schema schema = world.schema().components();
        identity = schema.type(Identity.class);
        ledger = schema.type(Relay.Ledger.class);
        wanderer = schema.type(Relay.Wanderer.class);
    }

    private void each(EntityStore store, BiConsumer<Long, Identity> look) {
        for (Table table : store.query(identity)) {
            for (int row = 0; row < table.size(); row++) {
                look.accept(table.entity(row), store.get(table.entity(row), identity));
            }
        }
    }

    void promoted(SimOwner owner) {
        Set<Long> here = new HashSet<>();
        each(owner.store(), (_, known) -> here.add(known.id()));
        residents.put(owner.id(), here);
    }

    void ticked(SimOwner owner, long tick) {
        Set<Long> before = residents.getOrDefault(owner.id(), Set.of());
        Set<Long> here = new HashSet<>();
        String name = owner.id() + " under epoch " + owner.spec.epoch();
        each(owner.store(), (_, known) -> {
            here.add(known.id());
            String birth = births.putIfAbsent(known.id(), name);
            if (birth != null && known.ownership() == 1 && !before.contains(known.id())) {
                throw new AssertionError("tick " + tick + ": " + name + " gives the name " + new EntityId(known.id())
                        + ", which was given by " + birth);
            }
        });
        residents.put(owner.id(), here);
    }

    /** Among those who live: what a dead owner thought is nobody's business. */
    void nobodyIsTwice(Collection<SimOwner> owners) {
        Map<Long, CellId> places = new HashMap<>();
        for (SimOwner owner : owners) {
            if (owner.alive) {
                each(owner.store(), (handle, known) -> {
                    seen.add(known.id());
                    if (owner.store().has(handle, wanderer)) {
                        wanderersSeen.add(owner.store().get(handle, wanderer).number());
                    }
                    CellId other = places.put(known.id(), owner.id());
                    if (other != null) {
                        throw new AssertionError(
                                new EntityId(known.id()) + " lives in " + other + " and in " + owner.id());
                    }
                });
            }
        }
    }

    /** Before a while of quiet: what was sent by now has to be heard at its end, and who lives has to be seen in it. */
    void beginQuiet(Collection<SimOwner> owners) {
        sentBefore.putAll(ledgers(owners));
        seen.clear();
        wanderersSeen.clear();
    }

    void quiet(Collection<SimOwner> owners, List<SimPlayer> players) {
        for (long cell = 0; cell < Relay.CELL_COUNT; cell++) {
            for (int i = 0; i < Relay.WANDERERS_PER_CELL; i++) {
                long wandererNumber = cell * 100 + i;
                require(wanderersSeen.contains(wandererNumber), "wanderer " + wandererNumber + " is nowhere");
            }
        }
        Map<Integer, Relay.Ledger> now = ledgers(owners);
        now.forEach((to, heard) -> {
            require(heard.wrong() == 0, "cell " + to + " heard " + heard.wrong() + " numbers out of their turn");
            now.forEach((from, sent) -> require(
                    heard.heard(from) >= requireNonNull(sentBefore.get(from)).sent(to)
                            && heard.heard(from) <= sent.sent(to),
                    "cell " + from + " sent " + sent.sent(to) + " to " + to + ", which heard " + heard.heard(from)));
        });
        for (SimPlayer player : players) {
            require(player.joinedCount > 0, "session " + player.session + " never joined");
            require(seen.contains(player.avatar), "the avatar of session " + player.session + " is nowhere");
            require(
                    player.lastSeq() > 100 && player.ackedSeq() == player.lastSeq(),
                    "session " + player.session + " said " + player.lastSeq() + ", acknowledged is "
                            + player.ackedSeq());
        }
    }

    private Map<Integer, Relay.Ledger> ledgers(Collection<SimOwner> owners) {
        Map<Integer, Relay.Ledger> ledgers = new TreeMap<>();
        for (SimOwner owner : owners) {
            EntityStore store = owner.store();
            for (Table table : store.query(ledger)) {
                for (int row = 0; row < table.size(); row++) {
                    ledgers.put(owner.id().region().a(), store.get(table.entity(row), ledger));
                }
            }
        }
        return ledgers;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
