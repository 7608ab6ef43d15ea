package dev.terrane.server.edge;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.checkpoint.CharacterStore;
import dev.terrane.directory.Claim;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Lets characters in: says where the avatar lives, or where it is to enter, and keeps the claims that were made for it; {@link AdmissionBatches} raises their generations.
 *
 * <p>Asked on gateway threads, answers from job threads, because the store takes its time.
 */
public final class CharacterAdmissions implements Admissions {
    private static final long NO_TICKET = -1;

    /** A join waits in its cell's inbox for a few ticks at most; after this time it was lost with a cell that died. */
    private static final long CLAIM_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    /** From this many remembered claims on, each new one looks for old ones: about two floods of 2,000 connections. */
    private static final int PENDING_SWEPT = 4_096;

    private final Claims claims;
    private final WorldMap map;
    private final WorldPlugin game;
    private final WorldSetup.Runtime runtime;
    private final BooleanSupplier joinsAllowed;
    private final Function<RegionId, Optional<CellId>> entrances;
    private final Map<CharacterId, Pending> pending = new ConcurrentHashMap<>();

    private final AdmissionBatches batches;

    /** @param isFull nobody new may enter there */
    private record Proposal(int index, CharacterId character, CellId cell, WorldPosition entrance, boolean isFull) {}

    /** A claim that no cell has answered yet. */
    private record Pending(long ticket, long sinceNanos) {}

    /**
     * @param entrances the cell that takes in newcomers of a region; empty when it is full
     * @param game asked for entrances, on job threads: {@link WorldPlugin#entrance} depends on its arguments only
     */
    public CharacterAdmissions(
            CharacterStore characters,
            Claims claims,
            WorldMap map,
            WorldPlugin game,
            WorldSetup.Runtime runtime,
            BooleanSupplier joinsAllowed,
            Function<RegionId, Optional<CellId>> entrances) {
        this.claims = claims;
        this.map = map;
        this.game = game;
        this.runtime = runtime;
        this.joinsAllowed = joinsAllowed;
        this.entrances = entrances;
        this.batches = new AdmissionBatches(characters, runtime.jobs(), new Desk());
    }

    @Override
    public void admit(Request request, GatewayInbox answerTo) {
        batches.ask(request, answerTo);
    }

    /** Who enters where. On job threads. */
    private final class Desk implements AdmissionBatches.Desk {
        @Override
        public List<Placement> place(List<Request> requests) {
            Placement[] placements = new Placement[requests.size()];
            List<Proposal> proposals = new ArrayList<>();
            for (int i = 0; i < placements.length; i++) {
                try {
                    proposals.add(propose(i, requests.get(i)));
                } catch (RuntimeException bug) {
                    placements[i] = new Placement.Failed(bug);
                }
            }
            List<Claim> claimed = claim(proposals);
            for (int i = 0; i < claimed.size(); i++) {
                Proposal proposal = proposals.get(i);
                placements[proposal.index()] = placement(proposal, claimed.get(i));
            }
            return List.of(placements);
        }

        private Proposal propose(int index, Request request) {
            WorldPosition entrance = entrance(request.character());
            RegionId region = map.partition().regionAt(entrance.x(), entrance.y());
            Optional<CellId> open = entrances.apply(region);
            CellId cell = open.orElseGet(() -> new CellId(request.world(), region, 0));
            return new Proposal(index, request.character(), cell, entrance, open.isEmpty());
        }

        /** Whose avatar lives may come back to it, also when the world is closed to newcomers, or full. */
        private Placement placement(Proposal proposal, Claim claim) {
            return switch (claim) {
                case Claim.Located(CellId cell, long avatar) ->
                    new Placement.Entry(cell, avatar, proposal.entrance(), NO_TICKET);
                // In this process it is found there: who was handed over is in the cell's inbox before the directory
                // hears of it.
                case Claim.Travelling(CellId to, long avatar) ->
                    new Placement.Entry(to, avatar, proposal.entrance(), NO_TICKET);
                case Claim.Yours yours -> {
                    Placement.Entry entry =
                            new Placement.Entry(proposal.cell(), 0, proposal.entrance(), yours.ticket());
                    if (joinsAllowed.getAsBoolean() && !proposal.isFull()) {
                        yield entry;
                    }
                    giveBack(proposal.character(), entry);
                    yield new Placement.Refused(
                            proposal.isFull() && joinsAllowed.getAsBoolean()
                                    ? AdmissionAnswer.Reason.WORLD_FULL
                                    : AdmissionAnswer.Reason.UNAVAILABLE);
                }
                case Claim.Spawning _ -> Placement.NOT_YET;
            };
        }

        @Override
        public AdmissionAnswer admitted(Request request, Placement.Entry entry, int generation) {
            Partition partition = map.partition();
            return new AdmissionAnswer.Admitted(
                    request.session(),
                    request.attempt(),
                    generation,
                    entry.cell(),
                    CellPort.ANY_EPOCH,
                    entry.avatar(),
                    (float) (entry.entrance().x()
                            - partition.originX(entry.cell().region())),
                    (float) (entry.entrance().y()
                            - partition.originY(entry.cell().region())));
        }

        @Override
        public void giveBack(CharacterId character, Placement.Entry entry) {
            if (entry.ticket() != NO_TICKET) {
                claims.abandon(character, entry.ticket());
                pending.remove(character);
            }
        }
    }

    /** Claims, after giving back earlier claims whose joins can no longer be on their way. */
    private List<Claim> claim(List<Proposal> proposals) {
        List<Claims.Wanted> wanted = new ArrayList<>();
        for (Proposal proposal : proposals) {
            CharacterId character = proposal.character();
            Pending earlier = pending.get(character);
            if (earlier != null && runtime.clock().nanos() - earlier.sinceNanos() > CLAIM_NANOS_MAX) {
                claims.abandon(character, earlier.ticket());
                pending.remove(character, earlier);
            }
            wanted.add(new Claims.Wanted(character, proposal.cell()));
        }
        List<Claim> claimed = claims.claim(wanted);
        for (int i = 0; i < claimed.size(); i++) {
            CharacterId character = proposals.get(i).character();
            if (claimed.get(i) instanceof Claim.Yours yours) {
                forgetOld();
                pending.put(
                        character, new Pending(yours.ticket(), runtime.clock().nanos()));
            } else if (claimed.get(i) instanceof Claim.Located || claimed.get(i) instanceof Claim.Travelling) {
                pending.remove(character);
            }
        }
        return claimed;
    }

    /** Most claims are never looked at again, because their avatar arrived: without this, each guest ever seen would stay here. */
    private void forgetOld() {
        if (pending.size() < PENDING_SWEPT) {
            return;
        }
        long now = runtime.clock().nanos();
        pending.forEach((character, claim) -> {
            if (now - claim.sinceNanos() > CLAIM_NANOS_MAX) {
                claims.abandon(character, claim.ticket());
                pending.remove(character, claim);
            }
        });
    }

    private WorldPosition entrance(CharacterId character) {
        UUID id = character.value();
        return game.entrance(map, Rng.mix(id.getMostSignificantBits() ^ id.getLeastSignificantBits()));
    }
}
