package dev.terrane.server.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.EventEnvelope;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.node.NodeMessage;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What players of other nodes hear of events, whatever becomes of links. */
class PlayersAfarTest {
    private static final NodeId EAST = new NodeId("east");
    private static final NodeId WEST = new NodeId("west");
    private static final long LATER_MILLIS = 61_000;

    private final HandClock clock = new HandClock();
    private final NotedPost post = new NotedPost(EAST, WEST);
    private final PlayersAfar players =
            new PlayersAfar(new NodeId("books"), post, () -> map(EAST, WEST), clock, Meters.none());

    private static ClusterMap map(NodeId... gateways) {
        List<ClusterMap.Member> members = Arrays.stream(gateways)
                .map(node ->
                        new ClusterMap.Member(new NodeInfo(node, 1, List.of(NodeInfo.Role.GATEWAY), "", ""), 1, false))
                .toList();
        return new ClusterMap(1, 1, members, List.of(), new TreeMap<>());
    }

    private static EventEnvelope event(String id, int length) {
        return new EventEnvelope("evt.trade.done", "character:1", id, "", 0, new byte[length]);
    }

    private void happens(String... ids) {
        players.happened(Arrays.stream(ids).map(id -> event(id, 2)).toList());
    }

    private List<String> heard(NodeId node) {
        return post.told.stream()
                .filter(told -> told.to().equals(node) && told.message() instanceof NodeMessage.Events)
                .flatMap(told -> ((NodeMessage.Events) told.message()).events().stream())
                .map(EventEnvelope::eventId)
                .toList();
    }

    @Test
    void tellsEveryGatewayEachEventOnce() {
        happens("e-1", "e-2");
        happens("e-3");
        players.remind();
        assertThat(heard(EAST)).containsExactly("e-1", "e-2", "e-3");
        assertThat(heard(WEST)).containsExactly("e-1", "e-2", "e-3");
    }

    @Test
    void tellsAGatewayWithoutALinkWhatItMissedOnceItHasOne() {
        post.cut(WEST);
        happens("e-1", "e-2");
        players.remind();
        assertThat(heard(WEST)).isEmpty();
        post.link(WEST);
        players.remind();
        happens("e-3");
        assertThat(heard(WEST)).containsExactly("e-1", "e-2", "e-3");
        assertThat(heard(EAST)).containsExactly("e-1", "e-2", "e-3");
    }

    @Test
    void tellsTheLastMinuteAgainOverANewLink() {
        happens("e-old");
        clock.pass(LATER_MILLIS);
        happens("e-1");
        players.connected(WEST);
        players.remind();
        players.remind();
        assertThat(heard(WEST)).containsExactly("e-old", "e-1", "e-1");
        assertThat(heard(EAST)).containsExactly("e-old", "e-1");
    }

    @Test
    void forgetsWhatNobodyCouldBeToldForAMinute() {
        post.cut(WEST);
        happens("e-1");
        clock.pass(LATER_MILLIS);
        post.link(WEST);
        players.remind();
        assertThat(heard(WEST)).isEmpty();
    }

    @Test
    void saysMuchInSeveralMessages() {
        int length = CommandLimits.EVENT_BYTES_MAX;
        players.happened(
                IntStream.range(0, 40).mapToObj(i -> event("e-" + i, length)).toList());
        assertThat(heard(EAST)).hasSize(40).doesNotHaveDuplicates();
        assertThat(post.told)
                .allSatisfy(told -> assertThat(((NodeMessage.Events) told.message())
                                .events().stream()
                                        .mapToInt(event -> event.payload().length)
                                        .sum())
                        .isLessThanOrEqualTo(1 << 20));
    }
}
