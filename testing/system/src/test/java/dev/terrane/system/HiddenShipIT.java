package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.sdk.Input;
import dev.terrane.sdk.LeaveReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloaked ship, over real sockets: its wing goes on seeing it, and no byte of it reaches anybody else. */
class HiddenShipIT {
    private static final int CLOAK = 8;
    private static final int JOINS_MAX = 80;
    private static final int SNAPSHOTS_WATCHED = 40;

    @TempDir
    Path folder;

    private final List<Player> bystanders = new ArrayList<>();

    @Test
    void noByteOfACloakedShipReachesAStrangersSocket() throws IOException {
        try (ServerProcess server = start();
                Player ada = Player.join(server, "Ada")) {
            ada.until("Ada sees herself", () -> ada.inView.containsKey(ada.avatar));
            Player mate = somebody(server, ada, true);
            Player stranger = somebody(server, ada, false);
            mate.flyTo(ada);
            stranger.flyTo(ada);
            mate.until("the mate sees Ada", () -> isMate(mate, ada));
            stranger.until("the stranger sees Ada", () -> stranger.inView.containsKey(ada.avatar));
            assertThat(isMate(stranger, ada)).isFalse();
            int from = stranger.snapshots;
            stranger.until("snapshots", () -> stranger.snapshots > from + 3);
            // On their way here she may have come into view and left it again.
            stranger.departed.clear();
            mate.departed.clear();

            ada.wish(new Input(0, 0, 0, CLOAK, 0));
            stranger.until("Ada is hidden", () -> stranger.departed.containsKey(ada.avatar));
            assertThat(stranger.departed).containsEntry(ada.avatar, LeaveReason.LEFT_VIEW);
            List<byte[]> payloads = new CopyOnWriteArrayList<>();
            stranger.payloads = payloads;
            stranger.until("snapshots without Ada", () -> payloads.size() >= SNAPSHOTS_WATCHED);
            stranger.payloads = null;

            assertThat(mate.inView).as("what the mate sees").containsKey(ada.avatar);
            assertThat(mate.departed).doesNotContainKey(ada.avatar);
            payloads.forEach(payload -> assertThat(holds(payload, ada.avatar))
                    .as("the id of Ada's ship")
                    .isFalse());
            ada.wish(Input.NONE);
            List<byte[]> later = new CopyOnWriteArrayList<>();
            stranger.payloads = later;
            stranger.until("Ada is back", () -> stranger.inView.containsKey(ada.avatar));
            assertThat(later).as("the search finds her").anyMatch(payload -> holds(payload, ada.avatar));
        } finally {
            bystanders.forEach(Player::close);
        }
    }

    private static boolean isMate(Player player, Player ada) {
        Player.Seen seen = player.inView.get(ada.avatar);
        return seen != null && seen.mate();
    }

    /** Guests get one of six paints each: somebody has the wanted one. */
    private Player somebody(ServerProcess server, Player ada, boolean ofHerWing) {
        int paint = paintOf(ada);
        for (int i = 0; i < JOINS_MAX; i++) {
            Player next = Player.join(server, "Guest " + i);
            bystanders.add(next);
            next.until("sees himself", () -> next.inView.containsKey(next.avatar));
            if ((paintOf(next) == paint) == ofHerWing) {
                return next;
            }
        }
        throw new IllegalStateException("nobody of " + JOINS_MAX + " guests has the wanted paint");
    }

    private static int paintOf(Player player) {
        return Objects.requireNonNull(player.inView.get(player.avatar)).paint();
    }

    /** As slices write it. */
    private static boolean holds(byte[] payload, long entity) {
        ByteWriter id = new ByteWriter(10);
        id.varulong(entity);
        return new String(payload, StandardCharsets.ISO_8859_1)
                .contains(new String(id.toBytes(), StandardCharsets.ISO_8859_1));
    }

    private ServerProcess start() throws IOException {
        Path config = Files.writeString(folder.resolve("peace.yaml"), """
                modules:
                  - name: skirmish
                    entry: dev.terrane.games.skirmish.Skirmish
                    options: { dronesPerRegion: 0, asteroidsPerRegion: 0 }
                """);
        return ServerProcess.start(folder.resolve("data"), "--config", config.toString());
    }
}
