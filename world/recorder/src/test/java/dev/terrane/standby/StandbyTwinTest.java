package dev.terrane.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.cell.DeclaredIntents;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.WorldSchema;
import dev.terrane.games.skirmish.Skirmish;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.recorder.Replay;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandbyTwinTest {
    private final StandbyTwin twin = new StandbyTwin(new Replay.Game(
            WorldSchema.of(List.of(new Skirmish())),
            new CellInputCodec(new WorldId("w"), DeclaredIntents.of(List.of(new Skirmish()))),
            command -> {
                throw new AssertionError("no command: " + command.type());
            },
            () -> List.of(new PluginModule(new Skirmish(), Map.of()))));

    @Test
    void asksAgainForWhatIsNoFrameAndThenWaitsForAnotherStream() {
        Rng rng = new Rng(5);
        for (int stream = 1; stream <= 200; stream++) {
            byte[] frame = new byte[rng.nextInt(64)];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (byte) rng.nextInt(256);
            }
            assertThat(twin.take(new Piece(stream, 0, frame)))
                    .isInstanceOfSatisfying(
                            Reply.Again.class, again -> assertThat(again.why()).isNotBlank());
            assertThat(twin.take(new Piece(stream, 1, frame))).as("said once").isNull();
        }
        assertThat(twin.twin()).isNull();
    }

    @Test
    void noticesAHole() {
        assertThat(twin.take(new Piece(3, 1, new byte[20])))
                .isEqualTo(new Reply.Again(3, "piece 0 is missing, 1 came"));
    }

    @Test
    void hearsNothingOfAStreamThatIsOver() {
        twin.take(new Piece(3, 1, new byte[20]));
        assertThat(twin.take(new Piece(2, 0, new byte[20]))).isNull();
    }
}
