package dev.terrane.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Meters;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultDeskTest {
    private final ResultDesk desk = new ResultDesk(3, 5, 100, Meters.none());

    private static CommandAnswer answer(String client, int request, String code) {
        return new CommandAnswer(
                new CommandEnvelope.Origin(client, "r" + request), "buy", "", new CommandResult.Refused(code, ""));
    }

    private List<String> waiting(String client) {
        return desk.waiting(client).stream()
                .map(answer -> answer.origin().requestId() + ((CommandResult.Refused) answer.result()).errorCode())
                .toList();
    }

    @Test
    void keepsResultsInOrderUntilTheyAreAcknowledged() {
        desk.keep(answer("ann", 1, "A"), 0);
        desk.keep(answer("ann", 2, "A"), 0);
        desk.keep(answer("bob", 1, "A"), 0);
        assertThat(waiting("ann")).containsExactly("r1A", "r2A");
        assertThat(desk.acked("ann", "r1")).isTrue();
        assertThat(desk.acked("ann", "r1")).isFalse();
        assertThat(waiting("ann")).containsExactly("r2A");
        assertThat(waiting("bob")).containsExactly("r1A");
        assertThat(waiting("eve")).isEmpty();
    }

    @Test
    void dropsTheOldestWhenResultsAreTooMuchTogether() {
        ResultDesk roomy = new ResultDesk(100_000, 100_000, 100, Meters.none());
        int count = (int) (CommandLimits.DESK_BYTES_MAX / CommandLimits.RESULT_BYTES_MAX);
        CommandResult long8k = new CommandResult.Done(new byte[CommandLimits.RESULT_BYTES_MAX]);
        for (int i = 0; i < count; i++) {
            roomy.keep(new CommandAnswer(new CommandEnvelope.Origin("ann", "r" + i), "buy", "", long8k), 0);
        }
        assertThat(roomy.size()).isEqualTo(count);
        roomy.keep(new CommandAnswer(new CommandEnvelope.Origin("bob", "r"), "buy", "", long8k), 0);
        assertThat(roomy.size()).isEqualTo(count);
        assertThat(roomy.acked("ann", "r0")).as("the oldest is gone").isFalse();
        assertThat(roomy.acked("ann", "r1")).isTrue();
        roomy.keep(new CommandAnswer(new CommandEnvelope.Origin("bob", "s"), "buy", "", long8k), 0);
        assertThat(roomy.acked("ann", "r2")).as("there was room again").isTrue();
    }

    @Test
    void keepsOnlyTheLatestForARequest() {
        desk.keep(answer("ann", 1, "DEAD"), 0);
        desk.keep(answer("ann", 2, "A"), 0);
        desk.keep(answer("ann", 1, "A"), 0);
        assertThat(waiting("ann")).containsExactly("r2A", "r1A");
        assertThat(desk.size()).isEqualTo(2);
    }

    @Test
    void dropsTheOldestOfAClientThatNeverAcknowledges() {
        for (int i = 1; i <= 5; i++) {
            desk.keep(answer("ann", i, "A"), 0);
        }
        assertThat(waiting("ann")).containsExactly("r3A", "r4A", "r5A");
    }

    @Test
    void dropsTheOldestOfAllWhenThereAreTooMany() {
        for (int i = 1; i <= 6; i++) {
            desk.keep(answer("client" + i, i, "A"), 0);
        }
        assertThat(waiting("client1")).isEmpty();
        assertThat(waiting("client2")).hasSize(1);
        assertThat(desk.size()).isEqualTo(5);
    }

    @Test
    void forgetsWhatIsTooOld() {
        desk.keep(answer("ann", 1, "A"), 0);
        desk.keep(answer("ann", 2, "A"), 50);
        desk.expire(100);
        assertThat(waiting("ann")).containsExactly("r2A");
        desk.keep(answer("bob", 1, "A"), 150);
        assertThat(waiting("ann")).isEmpty();
        assertThat(desk.size()).isEqualTo(1);
    }
}
