package dev.terrane.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Command books of clients and a real gateway under one simulated clock: connections break, gateways start anew, the lane is busy, crashes, tells results late, twice or
 * not at all. In the end everybody has been told exactly one result of each of its commands, that of this command, and nothing is kept for anybody.
 *
 * <p>{@code -Dwire.seed=S} repeats one run.
 */
class CommandSim {
    private static final int SEED_COUNT = 500;
    private static final int STEPS_OF_FAULTS = 500;
    private static final int STEPS_TO_SETTLE_MAX = 20_000;
    private static final int STEPS_OF_A_SESSION = 500;
    private static final long STEP_NANOS = 20_000_000L;
    private static final int CLIENT_COUNT_MAX = 4;

    @Test
    void everyCommandIsToldOneResultWhateverBreaks() {
        Long single = Long.getLong("wire.seed");
        long first = single == null ? 1 : single;
        long last = single == null ? SEED_COUNT : single;
        Trouble all = new Trouble();
        for (long seed = first; seed <= last; seed++) {
            try {
                new Run(seed, all).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("red; repeat with -Dtest=CommandSim -Dwire.seed=" + seed, e);
            }
        }
        System.out.printf(
                "CommandSim: %,d commands, %,d cuts, %,d restarts of the gateway, %,d crashes of the lane%n",
                all.commands, all.cuts, all.restarts, all.crashes);
    }

    private static final class Trouble {
        int commands;
        int cuts;
        int restarts;
        int crashes;
    }

    private static final class Run {
        private final Rng rng;
        private final Trouble trouble;
        private final WireFaults faults;
        private final WireLane lane;
        private final List<WireClient> clients = new ArrayList<>();
        private final Map<String, String> asked = new LinkedHashMap<>();
        private WireGateway gateway;
        private long step;

        Run(long seed, Trouble trouble) {
            this.rng = new Rng(Rng.mix(seed));
            this.trouble = trouble;
            this.faults = WireFaults.of(rng);
            this.lane = new WireLane(rng, faults);
            this.gateway = new WireGateway(lane, rng);
            for (int i = 0; i <= rng.nextInt(CLIENT_COUNT_MAX); i++) {
                clients.add(new WireClient(i, rng));
            }
        }

        void play() {
            float askChance = rng.nextFloat(0.01f, 0.3f);
            while (step < STEPS_OF_FAULTS) {
                for (WireClient client : clients) {
                    if (rng.chance(askChance)) {
                        ask(client);
                    }
                    if (rng.chance(faults.cut())) {
                        trouble.cuts++;
                        client.cut();
                    }
                }
                if (rng.chance(faults.restart())) {
                    trouble.restarts++;
                    restart();
                }
                if (rng.chance(faults.laneCrash())) {
                    trouble.crashes++;
                    lane.crash();
                    restart(); // they die together
                }
                advance();
            }
            // Results go on being lost, doubled and refused: only what breaks things stops.
            while (!settled() && step < STEPS_OF_FAULTS + STEPS_TO_SETTLE_MAX) {
                if (step % STEPS_OF_A_SESSION == 0 && clients.stream().allMatch(client -> client.pendingCount() == 0)) {
                    clients.forEach(WireClient::cut); // what was not told is told to the next session
                }
                advance();
            }
            check();
        }

        private void ask(WireClient client) {
            String id = client.name + "-" + asked.size();
            String json = "{\"n\":\"" + id + (rng.chance(0.1f) ? " refuse" : "") + "\"}";
            asked.put(id, json);
            trouble.commands++;
            client.ask(id, json);
            if (rng.chance(0.05f)) {
                client.ask(id, json); // a caller that asks twice
            }
        }

        private void restart() {
            clients.forEach(WireClient::cut);
            gateway = new WireGateway(lane, rng);
        }

        private void advance() {
            step++;
            long nowNanos = 1_000_000_000L + step * STEP_NANOS;
            lane.step();
            gateway.step(nowNanos);
            for (WireClient client : clients) {
                client.step(step, nowNanos, gateway);
            }
        }

        private boolean settled() {
            return clients.stream().allMatch(client -> client.pendingCount() == 0) && lane.keptCount() == 0;
        }

        private void check() {
            assertThat(lane.effects.keySet())
                    .as("carried out")
                    .containsAll(carriedOut())
                    .isSubsetOf(asked.keySet());
            for (WireClient client : clients) {
                assertThat(client.pendingCount()).as("without a result").isZero();
                assertThat(client.errors).isEmpty();
                client.told.forEach(this::checkTold);
            }
            assertThat(lane.effects.keySet())
                    .as("carried out")
                    .containsAll(carriedOut())
                    .isSubsetOf(asked.keySet());
            assertThat(lane.keptCount()).as("results that were not acked").isZero();
        }

        private List<String> carriedOut() {
            return clients.stream()
                    .flatMap(client -> client.told.entrySet().stream())
                    .filter(told -> !isBusy(told.getValue().getFirst()))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private void checkTold(String id, List<CommandAnswer> answers) {
            String right = "{\"of\":" + asked.get(id) + "}";
            assertThat(answers).as(id).isNotEmpty();
            for (CommandAnswer answer : answers) {
                assertThat(answer.requestId()).isEqualTo(id);
                assertThat(answer).as(id).isSameAs(answers.getFirst());
                if (!isBusy(answer)) {
                    assertThat(textOf(answer)).isEqualTo(right);
                }
            }
        }

        private static boolean isBusy(CommandAnswer answer) {
            return answer instanceof CommandAnswer.Refused refused
                    && refused.errorCode().equals("BUSY");
        }

        private static String textOf(CommandAnswer answer) {
            return switch (answer) {
                case CommandAnswer.Done done -> new String(done.payload(), StandardCharsets.UTF_8);
                case CommandAnswer.Refused refused -> refused.reason();
            };
        }
    }
}
