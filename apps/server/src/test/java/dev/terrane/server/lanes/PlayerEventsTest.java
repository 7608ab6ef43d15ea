package dev.terrane.server.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.WorldId;
import dev.terrane.command.EventEnvelope;
import dev.terrane.gateway.CommandPort.Caller;
import dev.terrane.gateway.LaneOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlayerEventsTest {
    private static final CharacterId ADA = new CharacterId(new UUID(0, 1));
    private static final String ADAS = Answers.clientOf(ADA);

    private final List<LaneOutput> everybody = new ArrayList<>();
    private final Answers answers = new Answers(Clock.system(), Meters.none(), _ -> {});
    private final PlayerEvents players =
            new PlayerEvents(new WorldId("main"), answers, everybody::add, Clock.system(), Meters.none());

    private static EventEnvelope event(String key, String id) {
        return new EventEnvelope("evt.trade.done", key, id, "", 0, new byte[2]);
    }

    private List<EventEnvelope> toldAgain() {
        List<LaneOutput> told = new ArrayList<>();
        players.resumed(new Caller(ADA, 7), told::add);
        return told.stream()
                .flatMap(output -> ((LaneOutput.Events) output).events().stream())
                .toList();
    }

    @Test
    void tellsWhoComesBackWhatMayHavePassedHimBy() {
        players.tell(List.of(event("region:0,0", "e-1"), event(ADAS, "e-2"), event("character:99", "e-3")));
        players.tell(List.of(event(ADAS + "/credit", "e-4"), event("market:ore", "e-5")));
        assertThat(toldAgain()).extracting(EventEnvelope::eventId).containsExactly("e-1", "e-2", "e-4");
    }

    @Test
    void saysNothingToWhoHasMissedNothing() {
        players.tell(List.of(event("character:99", "e-1")));
        assertThat(toldAgain()).isEmpty();
    }

    @Test
    void tellsNobodyTwiceWhatANodeSaysTwice() {
        players.tell(List.of(event("region:0,0", "e-1")));
        players.tell(List.of(event("region:0,0", "e-1"), event("region:0,0", "e-2")));
        assertThat(everybody)
                .extracting(output -> ((LaneOutput.Broadcast) output).event().eventId())
                .containsExactly("e-1", "e-2");
    }

    @Test
    void tellsTheNewestOnlyWhereVeryMuchHasHappened() {
        int many = PlayerEvents.AGAIN_COUNT_MAX + 10;
        players.tell(
                IntStream.range(0, many).mapToObj(i -> event(ADAS, "e-" + i)).toList());
        assertThat(toldAgain())
                .hasSize(PlayerEvents.AGAIN_COUNT_MAX)
                .last()
                .extracting(EventEnvelope::eventId)
                .isEqualTo("e-" + (many - 1));
    }
}
