package dev.terrane.server.edge;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.checkpoint.CharacterStore;
import dev.terrane.checkpoint.CharacterStore.Entrant;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.directory.Claim;
import dev.terrane.directory.Directory;
import dev.terrane.gateway.AdmissionAnswer;
import dev.terrane.gateway.Admissions;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.server.world.WorldSetup;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets characters in: raises the generation in the store, then says where the avatar lives, or where it is to enter.
 *
 * <p>Asked on gateway threads, answers from job threads, because the store takes its time.
 */
public final class CharacterAdmissions implements Admissions {
    private static final int RETRY_MILLIS = 2_000;
    private static final int ASKED_MAX = 40;
    private static final long NO_TICKET = -1;
    /** Characters of one transaction. */
    private static final int BATCH_MAX = 256;

    private static final long ASK_AGAIN_MILLIS = 100;

    /** A join waits in its cell's inbox for a few ticks at most; after this time it was lost with a cell that died. */
    private static final long CLAIM_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    /** From this many remembered claims on, each new one looks for old ones: about two floods of 2,000 connections. */
    private static final int PENDING_SWEPT = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(CharacterAdmissions.class);

    private final CharacterStore characters;
    private final Directory directory;
    private final WorldMap map;
    private final WorldPlugin game;
    private final WorldSetup.Runtime runtime;
    private final BooleanSupplier joinsAllowed;
    private final Function<RegionId, Optional<CellId>> entrances;
    private final Map<CharacterId, Pending> pending = new ConcurrentHashMap<>();

    private final Queue<Asked> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean working = new AtomicBoolean();

    /** Who asked, and how often the answer was "not yet". As many as there are connections at most. */
    private record Asked(Request request, GatewayInbox answerTo, int times) {
        void answer(AdmissionAnswer answer) {
            answerTo.offer(answer);
        }
    }

    /** Where somebody is let in; the ticket is of the claim that was made for it, if one was. */
    private record Entry(Asked asked, CellId cell, WorldPosition entrance, long ticket) {}

    /** A claim that no cell has answered yet. */
    private record Pending(long ticket, long sinceNanos) {}

    /**
     * @param entrances the cell that takes in newcomers of a region; empty when it is full
     * @param game asked for entrances, on job threads: {@link WorldPlugin#entrance} depends on its arguments only
     */
    public CharacterAdmissions(
            CharacterStore characters,
            Directory directory,
            WorldMap map,
            WorldPlugin game,
            WorldSetup.Runtime runtime,
            BooleanSupplier joinsAllowed,
            Function<RegionId, Optional<CellId>> entrances) {
        this.characters = characters;
        this.directory = directory;
        this.map = map;
        this.game = game;
        this.runtime = runtime;
        this.joinsAllowed = joinsAllowed;
        this.entrances = entrances;
    }

    @Override
    public void admit(Request request, GatewayInbox answerTo) {
        ask(new Asked(request, answerTo, 0));
    }

    private void ask(Asked asked) {
        waiting.add(asked);
        if (working.compareAndSet(false, true)) {
            try {
                runtime.jobs().execute(this::work);
            } catch (RejectedExecutionException stopping) {
                refuseAll();
            }
        }
    }

    private void refuseAll() {
        for (Asked asked = waiting.poll(); asked != null; asked = waiting.poll()) {
            asked.answer(unavailable(asked.request()));
        }
    }

    /** One job at a time: whoever asks while it waits for the store is in the next batch, so a flood costs few transactions. */
    private void work() {
        do {
            try {
                while (!waiting.isEmpty()) {
                    letInNext();
                }
            } finally {
                working.set(false);
            }
        } while (!waiting.isEmpty() && working.compareAndSet(false, true));
    }

    private void letInNext() {
        List<Entry> batch = new ArrayList<>();
        Set<CharacterId> listed = new HashSet<>();
        List<Asked> twice = new ArrayList<>();
        for (Asked asked = waiting.poll(); asked != null; asked = batch.size() < BATCH_MAX ? waiting.poll() : null) {
            if (!listed.add(asked.request().character())) {
                twice.add(asked);
                continue;
            }
            Entry entry = place(asked);
            if (entry != null) {
                batch.add(entry);
            }
        }
        letIn(batch);
        waiting.addAll(twice);
    }

    /** Where its avatar lives or is to enter; null when it has its answer, or asks again later. */
    private @Nullable Entry place(Asked asked) {
        Request request = asked.request();
        try {
            boolean lives = directory.find(request.character()).isPresent();
            // Closed to newcomers; whose avatar lives may come back to it.
            if (!joinsAllowed.getAsBoolean() && !lives) {
                asked.answer(unavailable(request));
                return null;
            }
            WorldPosition entrance = entrance(request.character());
            RegionId region = map.partition().regionAt(entrance.x(), entrance.y());
            Optional<CellId> open = entrances.apply(region);
            if (open.isEmpty() && !lives) {
                asked.answer(refused(request, AdmissionAnswer.Reason.WORLD_FULL));
                return null;
            }
            CellId proposed = open.orElseGet(() -> new CellId(request.world(), region, 0));
            return switch (claim(request.character(), proposed)) {
                case Claim.Located located -> new Entry(asked, located.cell(), entrance, NO_TICKET);
                case Claim.Yours yours -> new Entry(asked, proposed, entrance, yours.ticket());
                case Claim.Spawning spawning -> {
                    askAgain(asked);
                    yield null;
                }
            };
        } catch (RuntimeException bug) {
            failed(asked, bug);
            return null;
        }
    }

    private void letIn(List<Entry> batch) {
        if (batch.isEmpty()) {
            return;
        }
        List<Entrant> entrants = batch.stream()
                .map(entry -> new Entrant(
                        entry.asked().request().character(),
                        entry.asked().request().name()))
                .toList();
        try {
            int[] generations =
                    characters.admit(batch.getFirst().asked().request().world(), entrants);
            for (int i = 0; i < generations.length; i++) {
                Entry entry = batch.get(i);
                entry.asked().answer(admitted(entry, generations[i]));
            }
        } catch (StoreUnavailableException away) {
            LOG.atWarn()
                    .addKeyValue("world", batch.getFirst().asked().request().world())
                    .addKeyValue("characters", batch.size())
                    .log("not admitted, the store is away: {}", away.getMessage());
            for (Entry entry : batch) {
                giveBack(entry);
                entry.asked().answer(unavailable(entry.asked().request()));
            }
        } catch (RuntimeException bug) {
            if (batch.size() == 1) {
                giveBack(batch.getFirst());
                failed(batch.getFirst().asked(), bug);
            } else {
                batch.forEach(entry -> letIn(List.of(entry))); // whoever is at fault must not keep the others out
            }
        }
    }

    /** No join was sent, so nobody will answer for the claim: the character may ask again at once. */
    private void giveBack(Entry entry) {
        if (entry.ticket() != NO_TICKET) {
            CharacterId character = entry.asked().request().character();
            directory.abandon(character, entry.ticket());
            pending.remove(character);
        }
    }

    private static void failed(Asked asked, RuntimeException bug) {
        Request request = asked.request();
        LOG.atError()
                .setCause(bug)
                .addKeyValue("world", request.world())
                .addKeyValue("session", request.session())
                .addKeyValue("character", request.character())
                .log("not admitted: {}", bug.getMessage());
        asked.answer(unavailable(request));
    }

    /** Claims, after giving back an earlier claim whose join can no longer be on its way. */
    private Claim claim(CharacterId character, CellId proposed) {
        Pending earlier = pending.get(character);
        if (earlier != null && runtime.clock().nanos() - earlier.sinceNanos() > CLAIM_NANOS_MAX) {
            directory.abandon(character, earlier.ticket());
            pending.remove(character, earlier);
        }
        Claim claim = directory.claim(character, proposed);
        if (claim instanceof Claim.Yours yours) {
            forgetOld();
            pending.put(character, new Pending(yours.ticket(), runtime.clock().nanos()));
        } else if (claim instanceof Claim.Located) {
            pending.remove(character);
        }
        return claim;
    }

    /** Most claims are never looked at again, because their avatar arrived: without this, each guest ever seen would stay here. */
    private void forgetOld() {
        if (pending.size() < PENDING_SWEPT) {
            return;
        }
        long now = runtime.clock().nanos();
        pending.forEach((character, claim) -> {
            if (now - claim.sinceNanos() > CLAIM_NANOS_MAX) {
                directory.abandon(character, claim.ticket());
                pending.remove(character, claim);
            }
        });
    }

    private void askAgain(Asked asked) {
        if (asked.times() >= ASKED_MAX) {
            asked.answer(unavailable(asked.request()));
            return;
        }
        Asked later = new Asked(asked.request(), asked.answerTo(), asked.times() + 1);
        runtime.jobs().schedule(() -> ask(later), ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    private AdmissionAnswer admitted(Entry entry, int generation) {
        Request request = entry.asked().request();
        Partition partition = map.partition();
        return new AdmissionAnswer.Admitted(
                request.session(),
                request.attempt(),
                generation,
                entry.cell(),
                CellPort.ANY_EPOCH,
                (float) (entry.entrance().x() - partition.originX(entry.cell().region())),
                (float) (entry.entrance().y() - partition.originY(entry.cell().region())));
    }

    private WorldPosition entrance(CharacterId character) {
        UUID id = character.value();
        return game.entrance(map, Rng.mix(id.getMostSignificantBits() ^ id.getLeastSignificantBits()));
    }

    private static AdmissionAnswer unavailable(Request request) {
        return refused(request, AdmissionAnswer.Reason.UNAVAILABLE);
    }

    private static AdmissionAnswer refused(Request request, AdmissionAnswer.Reason reason) {
        return new AdmissionAnswer.Refused(request.session(), request.attempt(), reason, RETRY_MILLIS);
    }
}
