package dev.terrane.clustersim;

import dev.terrane.clustersim.play.Player;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.sdk.Entity;

/** What players must never see, whatever happens to nodes. */
final class PlayerChecks implements Player.Watcher {
    private final ClusterRun run;
    private long snapshotCount;

    PlayerChecks(ClusterRun run) {
        this.run = run;
    }

    @Override
    public void snapshot(Player player, ServerSnapshot snapshot, int ackedBefore) {
        snapshotCount++;
        sees(player, snapshot.avatar());
        run.hash(snapshot.tick() * 31 + snapshot.ackSeq());
        if (snapshot.ackSeq() < ackedBefore) {
            run.violated(
                    "AcksRise",
                    player + "'s acknowledged input falls from " + ackedBefore + " to " + snapshot.ackSeq());
        }
        if (snapshot.ackSeq() > player.sentSeq()) {
            run.violated("AcksRise", player + "'s input " + snapshot.ackSeq() + " is acknowledged, but was never sent");
        }
    }

    /** Whatever is late or lost on the way: what a player sees of himself has been so. */
    private void sees(Player player, long avatar) {
        for (Entity each : player.entities()) {
            if (each.id() == avatar && !run.witness().tracks().wasAt(avatar, each.worldX(), each.worldY())) {
                run.violated(
                        "SeenWhereHeWas",
                        player + " sees himself at " + each.worldX() + " " + each.worldY() + ", where he never was");
            }
        }
    }

    @Override
    public void told(Player player, String what) {
        run.note(null, player + " " + what);
    }

    long snapshotCount() {
        return snapshotCount;
    }
}
