package dev.terrane.server.lanes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneSegment;
import dev.terrane.command.LaneStore;
import dev.terrane.command.LaneUnavailableException;
import dev.terrane.gateway.LaneOutput;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventDeskTest {
    private static final WorldId WORLD = new WorldId("main");

    private final List<String> players = new ArrayList<>();
    private final List<String> appended = new ArrayList<>();
    private final List<String> nudged = new ArrayList<>();
    private boolean away;

    private static EventEnvelope event(String topic, String key, String id) {
        return new EventEnvelope(topic, key, id, "", 0, "{}".getBytes(UTF_8));
    }

    private EventDesk desk(Map<String, EventSubscriber> subscribers) {
        PlayerEvents told = new PlayerEvents(
                WORLD,
                new Answers(Clock.system(), Meters.none(), _ -> {}),
                output -> players.add(((LaneOutput.Broadcast) output).event().eventId()),
                Clock.system(),
                Meters.none());
        return new EventDesk(told::tell, subscribers, Meters.none());
    }

    private EventPost post(Map<String, List<String>> lanesOfTopic) {
        return new EventPost(
                lanes(),
                lanesOfTopic,
                hint -> hint.partitions().forEach(partition -> nudged.add(partition.toString())),
                "node-1",
                Meters.none());
    }

    /** Takes appends and nothing else. */
    private LaneStore lanes() {
        return (LaneStore) Proxy.newProxyInstance(
                LaneStore.class.getClassLoader(), new Class<?>[] {LaneStore.class}, (_, method, given) -> {
                    assertThat(method.getName()).isEqualTo("append");
                    if (away) {
                        throw new LaneUnavailableException("away", new IllegalStateException());
                    }
                    for (Object command : (List<?>) given[1]) {
                        CommandEnvelope envelope = (CommandEnvelope) command;
                        appended.add(given[0] + " " + envelope.key() + " "
                                + envelope.origin().requestId());
                    }
                    return new LaneStore.Appended.Kept(
                            List.of(new LaneSegment(new LanePartition((String) given[0], 3), 0, List.of())));
                });
    }

    @Test
    void bringsEventsInOrderToAllLanesThatHearOfThem() {
        EventPost post = post(Map.of("evt.hex.changed", List.of("jobs-a", "jobs-b")));
        post.accept(List.of(
                event("evt.hex.changed", "region:0,0", "e-1"),
                event("evt.hex.voted", "region:0,0", "e-2"),
                event("evt.hex.changed", "region:0,0", "e-3")));
        assertThat(appended)
                .containsExactly(
                        "jobs-a region:0,0 e-1",
                        "jobs-a region:0,0 e-3",
                        "jobs-b region:0,0 e-1",
                        "jobs-b region:0,0 e-3");
        assertThat(nudged).containsExactly("jobs-a.p3", "jobs-b.p3");
    }

    @Test
    void leavesOutWhatCannotBeACommandAndBringsTheRest() {
        EventPost post = post(Map.of("evt.hex.changed", List.of("jobs-a")));
        byte[] large = new byte[CommandLimits.PAYLOAD_BYTES_MAX + 1];
        post.accept(List.of(
                new EventEnvelope("evt.hex.changed", "region:0,0", "e-1", "", 0, large),
                event("evt.hex.changed", "region:0,0", "e-2")));
        assertThat(appended).containsExactly("jobs-a region:0,0 e-2");
    }

    @Test
    void letsEventsComeAgainWhileTheStoreIsAway() {
        EventDesk desk = desk(Map.of("lanes", post(Map.of("evt.hex.changed", List.of("jobs-a")))));
        List<EventEnvelope> events = List.of(event("evt.hex.changed", "region:0,0", "e-1"));
        away = true;
        assertThatThrownBy(() -> desk.publish(events)).isInstanceOf(StoreUnavailableException.class);
        away = false;
        desk.publish(events);
        assertThat(appended).hasSize(1);
        assertThat(players).containsExactly("e-1");
    }

    @Test
    void holdsUpNobodyForAnEventThatOneSubscriberCannotKeep() {
        List<String> kept = new ArrayList<>();
        EventDesk desk = desk(Map.of(
                "fussy",
                events -> {
                    if (events.stream().anyMatch(event -> event.eventId().equals("e-2"))) {
                        throw new IllegalArgumentException("not that one");
                    }
                    events.forEach(event -> kept.add(event.eventId()));
                },
                "other",
                events -> events.forEach(event -> kept.add("other " + event.eventId()))));
        desk.publish(List.of(
                event("evt.hex.changed", "region:0,0", "e-1"),
                event("evt.hex.changed", "region:0,0", "e-2"),
                event("evt.hex.changed", "region:0,0", "e-3")));
        assertThat(kept).containsExactly("e-1", "e-3", "other e-1", "other e-2", "other e-3");
        assertThat(players).containsExactly("e-1", "e-2", "e-3");
    }
}
