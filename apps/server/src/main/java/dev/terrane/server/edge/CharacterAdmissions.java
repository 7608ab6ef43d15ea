package dev.terrane.server.edge;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.checkpoint.CharacterStore;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
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
        try {
            runtime.jobs().execute(() -> admit(request, answerTo, 0));
        } catch (RejectedExecutionException stopping) {
            answerTo.offer(unavailable(request));
        }
    }

    private void admit(Request request, GatewayInbox answerTo, int asked) {
        // Closed to newcomers; whose avatar lives may come back to it.
        if (!joinsAllowed.getAsBoolean() && directory.find(request.character()).isEmpty()) {
            answerTo.offer(unavailable(request));
            return;
        }
        try {
            WorldPosition entrance = entrance(request.character());
            RegionId region = map.partition().regionAt(entrance.x(), entrance.y());
            Optional<CellId> open = entrances.apply(region);
            if (open.isEmpty() && directory.find(request.character()).isEmpty()) {
                answerTo.offer(refused(request, AdmissionAnswer.Reason.WORLD_FULL));
                return;
            }
            CellId proposed = open.orElseGet(() -> new CellId(request.world(), region, 0));
            switch (claim(request.character(), proposed)) {
                case Claim.Located located -> answerTo.offer(admitted(request, located.cell(), entrance));
                case Claim.Yours yours -> answerTo.offer(admitted(request, proposed, entrance));
                case Claim.Spawning spawning -> askAgain(request, answerTo, asked);
            }
        } catch (StoreUnavailableException away) {
            LOG.atWarn()
                    .addKeyValue("world", request.world())
                    .addKeyValue("session", request.session())
                    .addKeyValue("character", request.character())
                    .log("not admitted, the store is away: {}", away.getMessage());
            answerTo.offer(unavailable(request));
        } catch (RuntimeException bug) {
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("world", request.world())
                    .addKeyValue("session", request.session())
                    .addKeyValue("character", request.character())
                    .log("not admitted: {}", bug.getMessage());
            answerTo.offer(unavailable(request));
        }
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

    private void askAgain(Request request, GatewayInbox answerTo, int asked) {
        if (asked >= ASKED_MAX) {
            answerTo.offer(unavailable(request));
            return;
        }
        runtime.jobs().schedule(() -> admit(request, answerTo, asked + 1), ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    private AdmissionAnswer admitted(Request request, CellId cell, WorldPosition entrance) {
        int generation = characters.admit(request.world(), request.character(), request.name());
        Partition partition = map.partition();
        return new AdmissionAnswer.Admitted(
                request.session(),
                request.attempt(),
                generation,
                cell,
                CellPort.ANY_EPOCH,
                (float) (entrance.x() - partition.originX(cell.region())),
                (float) (entrance.y() - partition.originY(cell.region())));
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
