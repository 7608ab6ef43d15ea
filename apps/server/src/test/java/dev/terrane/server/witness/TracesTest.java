package dev.terrane.server.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.node.Question;
import dev.terrane.node.Telling;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TracesTest {
    private static final CellId CELL = new CellId(new WorldId("w"), new RegionId(0, 0), 0);
    private static final CharacterId ANN = new CharacterId(new UUID(1, 1));
    private static final CharacterId BOB = new CharacterId(new UUID(2, 2));

    private final HandClock clock = new HandClock();
    private final Traces traces = new Traces(clock);
    private final CellPort way = new TracedWays(traces).ofGateway((_, _, _) -> Admission.FULL);

    private void want(TraceWish... wishes) {
        TreeMap<String, byte[]> values = new TreeMap<>();
        for (TraceWish wish : wishes) {
            values.put(wish.key(), wish.toBytes());
        }
        traces.follow(new ClusterMap(1, 1, List.of(), List.of(), values));
    }

    private TraceWish ofAnn(long millis) {
        return new TraceWish("t", ANN, 0, 0, clock.millis + millis, "admin ann");
    }

    private List<String> lines() {
        return traces.lines(new Question.Lines("t", 0)).events().stream()
                .map(line -> line.what() + " " + line.detail())
                .toList();
    }

    private static CellInput.PlayerInput input(long session, int seq) {
        return new CellInput.PlayerInput(session, seq, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void writesDownWhatIsWantedAndNothingElse() {
        way.offer(CELL, 1, input(5, 1));
        want(ofAnn(1_000));
        traces.joined(5, ANN, 77);
        traces.joined(6, BOB, 78);
        way.offer(CELL, 1, input(5, 2));
        way.offer(CELL, 1, input(6, 2));
        assertThat(lines()).containsExactly("joined ", "sent input 2 full");
    }

    @Test
    void learnsASessionFromItsJoinAndAnEntityFromItsHandOff() {
        want(ofAnn(1_000));
        way.offer(CELL, 1, new CellInput.Join(5, 0, ANN, 3, "Ann", 0, 0));
        way.offer(CELL, 1, new CellInput.HandoffOffer(CELL, 1, 1, 9, 77, 2, 0, 0, new byte[0], 5, 0, 4));
        traces.write(Telling.Place.GATEWAY, 0, 77, null, "came", "an intent");
        assertThat(lines())
                .containsExactly(
                        "sent join of generation 3 full", "sent hand-off 9 from w/0,0#0 full", "came an intent");
    }

    @Test
    void endsByItselfAndCanBeReadForAWhile() {
        want(ofAnn(1_000));
        traces.joined(5, ANN, 77);
        assertThat(traces.isTraced(5, BOB)).isTrue();
        clock.millis += 1_001;
        way.offer(CELL, 1, input(5, 2));
        assertThat(traces.isTraced(5, ANN)).isFalse();
        assertThat(lines()).hasSize(1);
        clock.millis += TraceWish.KEPT_MILLIS;
        want(ofAnn(-TraceWish.KEPT_MILLIS - 1));
        assertThat(traces.any()).isFalse();
    }

    @Test
    void endsWhenTheMapSaysSoAndForgetsWhatIsNotInIt() {
        want(ofAnn(1_000));
        traces.joined(5, ANN, 77);
        want(ofAnn(0).until(clock.millis - 1));
        traces.closed(5, ANN, "gone");
        assertThat(lines()).containsExactly("joined ");
        want();
        assertThat(lines()).isEmpty();
        assertThat(traces.any()).isFalse();
    }

    @Test
    void keepsTheNewestLinesAndSaysThatThereWereMore() {
        want(ofAnn(1_000));
        for (int i = 0; i <= Trace.LINE_COUNT_MAX; i++) {
            traces.write(Telling.Place.GATEWAY, 0, 0, ANN, "sent", "input " + i);
        }
        Telling.Events told = traces.lines(new Question.Lines("t", 0));
        assertThat(told.isCut()).isTrue();
        assertThat(told.events()).hasSize(Trace.LINE_COUNT_MAX);
        assertThat(told.events().getLast().detail()).isEqualTo("input " + Trace.LINE_COUNT_MAX);
        assertThat(traces.lines(new Question.Lines("t", Trace.LINE_COUNT_MAX)).events())
                .hasSize(1);
    }

    @Test
    void knowsWhoIsHere() {
        traces.joined(5, ANN, 77);
        traces.joined(6, BOB, 78);
        traces.closed(6, BOB, "gone");
        assertThat(traces.who(new Question.Who(0, ANN)).events())
                .singleElement()
                .satisfies(
                        found -> assertThat(found.subject()).isEqualTo(new Telling.Subject(77, 0, 5, ANN.toString())));
        assertThat(traces.who(new Question.Who(5, null)).events()).hasSize(1);
        assertThat(traces.who(new Question.Who(0, BOB)).events()).isEmpty();
    }
}
