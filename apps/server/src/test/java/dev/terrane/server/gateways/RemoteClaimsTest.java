package dev.terrane.server.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.directory.Claim;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodeMessage.Claimed.Verdict;
import dev.terrane.server.edge.Claims;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RemoteClaimsTest {
    private static final CharacterId ADA = new CharacterId(new UUID(1, 1));
    private static final CharacterId BOB = new CharacterId(new UUID(1, 2));

    private static final long PATIENCE_NANOS = 50_000_000L;

    private final TestPost post = new TestPost();
    private final RemoteClaims claims = new RemoteClaims(
            post, () -> TestMaps.map(1, TestMaps.held(0, TestMaps.EAST, 1, 1)), Clock.system(), PATIENCE_NANOS);

    @Test
    void knowsNothingWithoutACoordinator() {
        assertThat(claims.claim(wanted(ADA, BOB))).hasOnlyElementsOfType(Claim.Spawning.class);
        assertThat(post.told).isEmpty();
    }

    @Test
    void asksForManyAtOnceAndKeepsTheirOrder() {
        post.links.add(TestMaps.STEWARD);
        List<NodeMessage.Claim> asked = new ArrayList<>();
        post.hearer = (to, message) -> {
            asked.add((NodeMessage.Claim) message);
            if (asked.size() == 2) { // the later first
                answer(asked.get(1).request(), Verdict.LOCATED, 0);
                answer(asked.get(0).request(), Verdict.YOURS, 9);
            }
        };
        assertThat(claims.claim(wanted(ADA, BOB)))
                .containsExactly(new Claim.Yours(9), new Claim.Located(TestMaps.cell(1), 77));
        assertThat(post.flushCount).isPositive();
    }

    @Test
    void givesBackWhatComesTooLateOrTwice() {
        post.links.add(TestMaps.STEWARD);
        List<NodeMessage.Claim> asked = new ArrayList<>();
        post.hearer = (to, message) -> {
            if (message instanceof NodeMessage.Claim claim) {
                asked.add(claim);
            }
        };
        long begun = System.nanoTime();
        assertThat(claims.claim(wanted(ADA))).hasOnlyElementsOfType(Claim.Spawning.class);
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(PATIENCE_NANOS);
        answer(asked.getFirst().request(), Verdict.YOURS, 4);
        answer(asked.getFirst().request(), Verdict.YOURS, 5);
        answer(asked.getFirst().request(), Verdict.LOCATED, 0);
        assertThat(post.told)
                .filteredOn(NodeMessage.Abandon.class::isInstance)
                .containsExactly(new NodeMessage.Abandon(ADA, 4), new NodeMessage.Abandon(ADA, 5));
    }

    private void answer(long request, Verdict verdict, long ticket) {
        claims.answered(TestMaps.STEWARD, new NodeMessage.Claimed(request, verdict, TestMaps.cell(1), 77, ticket));
    }

    private static List<Claims.Wanted> wanted(CharacterId... characters) {
        List<Claims.Wanted> wanted = new ArrayList<>();
        for (CharacterId character : characters) {
            wanted.add(new Claims.Wanted(character, TestMaps.cell(0)));
        }
        return wanted;
    }
}
