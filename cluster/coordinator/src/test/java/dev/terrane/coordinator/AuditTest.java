package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.NodeId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import org.junit.jupiter.api.Test;

class AuditTest {
    private final CoordinatorState state = new CoordinatorState();

    private void say(String author, Command command) {
        state.apply(1, new Entry(0, 1_000, author, "because", command));
    }

    @Test
    void whatNodesSayAllTheTimeRollsNoAdministratorOver() {
        say("admin ann", new Command.SetOverride("pin/w", "s1"));
        for (int i = 0; i < 2 * CoordinatorState.AUDIT_LENGTH_MAX; i++) {
            say("node g1", new Command.DrainNode(new NodeId("s1"), true));
        }
        assertThat(state.audit()).hasSize(CoordinatorState.AUDIT_LENGTH_MAX + 1);
        assertThat(state.audit().getFirst().author()).isEqualTo("admin ann");
        ByteWriter writer = new ByteWriter(0);
        state.snapshot(writer);
        CoordinatorState restored = CoordinatorState.restore(new ByteReader(writer.toBytes()));
        assertThat(restored.audit()).isEqualTo(state.audit());
        assertThat(restored.adminAudit(0)).extracting(AuditEntry::author).containsExactly("admin ann");
        assertThat(restored.adminAudit(1)).isEmpty();
    }

    @Test
    void aTokenThatIsTriedAgainAndAgainIsNoNews() {
        say("node g1", new Command.IssueToken(new TransferToken("t", "ann", "other/w", 2_000), 1_000));
        say("node g1", new Command.RedeemToken("t", 1_000));
        int lines = state.audit().size();
        say("node g1", new Command.IssueToken(new TransferToken("t", "ann", "other/w", 2_000), 1_000));
        say("node g1", new Command.RedeemToken("t", 1_000));
        assertThat(state.audit()).hasSize(lines);
        assertThat(state.appliedCount())
                .as("it counts as an entry all the same")
                .isEqualTo(4);
    }
}
