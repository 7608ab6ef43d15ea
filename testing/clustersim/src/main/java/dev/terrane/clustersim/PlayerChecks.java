package dev.terrane.clustersim;

import dev.terrane.clustersim.play.Player;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;

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

    @Override
    public void told(Player player, String what) {
        run.note(null, player + " " + what);
    }

    long snapshotCount() {
        return snapshotCount;
    }
}
