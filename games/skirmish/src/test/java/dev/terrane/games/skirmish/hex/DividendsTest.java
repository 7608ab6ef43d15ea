package dev.terrane.games.skirmish.hex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.command.CommandType;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.plugin.EventHandler;
import dev.terrane.plugin.JobContext;
import dev.terrane.plugin.JobHandler;
import dev.terrane.plugin.JobRun;
import dev.terrane.plugin.WorldContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DividendsTest {
    private static final String ADA = "character:00000000-0000-0000-0000-00000000000a";
    private static final String BEN = "character:00000000-0000-0000-0000-00000000000b";

    private final Background background = new Background();

    @Test
    void passesAFifthOfWhatOthersPayOnToTheOwner() throws Exception {
        background.tell("e-1", BEN, 54, ADA);
        assertThat(background.sent)
                .containsExactly(new EconomyCommands.Transfer(
                        "service:station/credit", ADA + "/credit", 10, "dividend of region:0,0"));
        assertThat(background.requests).containsExactly("e-1");
        assertThat(background.counted).isEqualTo(10);
    }

    @Test
    void paysNothingForOnesOwnHexNorForNobodysNorOfTooLittle() throws Exception {
        background.tell("e-1", ADA, 100, ADA);
        background.tell("e-2", BEN, 100, "");
        background.tell("e-3", BEN, 100, null);
        background.tell("e-4", BEN, 4, ADA);
        assertThat(background.sent).isEmpty();
    }

    /** Hands the game its events by hand. */
    private static final class Background implements JobContext, JobRun {
        private final List<Record> sent = new ArrayList<>();
        private final List<String> requests = new ArrayList<>();
        private @Nullable EventHandler<HexEvents.Contributed> handler;
        private long counted;

        private Background() {
            Dividends.configure(this);
        }

        private void tell(String id, String payer, int amount, @Nullable String owner) throws Exception {
            Objects.requireNonNull(handler)
                    .heard(
                            this,
                            new EventHandler.Heard<>(
                                    "region:0,0",
                                    id,
                                    17,
                                    new HexEvents.Contributed("region:0,0", 1, payer, amount, 1, owner)));
        }

        @Override
        public Map<String, String> options() {
            return Map.of();
        }

        @Override
        public void registerJob(String name, String description, long everySeconds, JobHandler work) {}

        @Override
        @SuppressWarnings("unchecked") // there is one topic
        public <P extends Record> void onEvent(String topic, Class<P> payload, EventHandler<P> heard) {
            assertThat(topic).isEqualTo(HexEvents.CONTRIBUTED);
            handler = (EventHandler<HexEvents.Contributed>) heard;
        }

        @Override
        public WorldContext.PluginCounter counter(String name) {
            return amount -> counted += amount;
        }

        @Override
        public long nowMillis() {
            return 17;
        }

        @Override
        public void log(String message) {}

        @Override
        public <P extends Record> void command(CommandType<P> type, String requestId, P payload) {
            assertThat(type.name()).isEqualTo(EconomyCommands.TRANSFER.name());
            requests.add(requestId);
            sent.add(payload);
        }

        @Override
        public void publish(String topic, String key, Record payload) {}
    }
}
