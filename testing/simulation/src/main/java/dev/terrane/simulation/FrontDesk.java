package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.cell.World;
import dev.terrane.directory.Claim;
import dev.terrane.directory.Directory;
import dev.terrane.gateway.AdmissionAnswer;
import dev.terrane.gateway.Admissions;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.Partition;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Lets characters in as the server does, by the directory, but answers at once. */
final class FrontDesk implements Admissions {
    private static final int RETRY_MILLIS = 250;
    /** As long as a join may wait in an inbox, and more: then its claim was lost with a cell. */
    private static final long CLAIM_TICKS_MAX = 100;

    private record Pending(long ticket, long sinceTick) {}

    private final Directory directory;
    private final World world;
    private final Drill game;
    private final Steward steward;
    private final Map<CharacterId, Integer> generations = new TreeMap<>(Comparator.comparing(CharacterId::value));
    private final Map<CharacterId, Pending> pending = new TreeMap<>(Comparator.comparing(CharacterId::value));
    private long now;

    FrontDesk(Directory directory, World world, Drill game, Steward steward) {
        this.directory = directory;
        this.world = world;
        this.game = game;
        this.steward = steward;
    }

    void tick(long tick) {
        now = tick;
    }

    @Override
    public void admit(Request request, GatewayInbox answerTo) {
        CharacterId character = request.character();
        Pending earlier = pending.get(character);
        if (earlier != null && now - earlier.sinceTick > CLAIM_TICKS_MAX) {
            directory.abandon(character, earlier.ticket);
            pending.remove(character);
        }
        Partition partition = world.map().partition();
        WorldPosition entrance = game.entrance(world.map(), World.characterSeed(character));
        CellId proposed = steward.entranceOf(partition.regionAt(entrance.x(), entrance.y()));
        switch (directory.claim(character, proposed)) {
            case Claim.Located(CellId cell, long avatar) -> answerTo.offer(admitted(request, cell, avatar, entrance));
            case Claim.Travelling(CellId to, long avatar) -> answerTo.offer(admitted(request, to, avatar, entrance));
            case Claim.Yours yours -> {
                pending.put(character, new Pending(yours.ticket(), now));
                answerTo.offer(admitted(request, proposed, 0, entrance));
            }
            case Claim.Spawning _ ->
                answerTo.offer(new AdmissionAnswer.Refused(
                        request.session(), request.attempt(), AdmissionAnswer.Reason.UNAVAILABLE, RETRY_MILLIS));
        }
    }

    private AdmissionAnswer admitted(Request request, CellId cell, long avatar, WorldPosition entrance) {
        Partition partition = world.map().partition();
        return new AdmissionAnswer.Admitted(
                request.session(),
                request.attempt(),
                generations.merge(request.character(), 1, Integer::sum),
                cell,
                CellPort.ANY_EPOCH,
                avatar,
                (float) (entrance.x() - partition.originX(cell.region())),
                (float) (entrance.y() - partition.originY(cell.region())));
    }
}
