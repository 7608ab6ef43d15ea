package dev.terrane.server.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Meters;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.EventEnvelope;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private static final String ADA = "character:ada";

    private final RecentEvents recent = new RecentEvents(Meters.none());
    private long now = -5; // clocks may begin anywhere

    private static EventEnvelope event(String key, String id, int length) {
        return new EventEnvelope("evt.trade.done", key, id, "", 0, new byte[length]);
    }

    private List<String> of(String addressee, int countMax, int bytesMax) {
        return ids(recent.newestOf(addressee, countMax, bytesMax));
    }

    private static List<String> ids(List<EventEnvelope> events) {
        return events.stream().map(EventEnvelope::eventId).toList();
    }

    @Test
    void keepsEachOnceForAMinute() {
        assertThat(recent.add(event(ADA, "e-1", 1), now)).isTrue();
        assertThat(recent.add(event(ADA, "e-1", 1), now)).isFalse();
        now += RecentEvents.KEPT_NANOS - 1;
        assertThat(recent.add(event(ADA, "e-1", 1), now)).isFalse();
        now++;
        assertThat(recent.add(event(ADA, "e-1", 1), now)).as("a minute later").isTrue();
        assertThat(of(ADA, 9, 999)).containsExactly("e-1");
    }

    @Test
    void tellsWhatIsAboutSomebodyAndHisPossessions() {
        recent.add(event(ADA, "e-1", 1), now);
        recent.add(event("character:bob", "e-2", 1), now);
        recent.add(event(ADA + "/credit", "e-3", 1), now);
        recent.add(event("region:1,2", "e-4", 1), now);
        recent.add(event("region:1,3", "e-5", 1), now);
        assertThat(of(ADA, 9, 999)).containsExactly("e-1", "e-3");
        assertThat(of("region:", 9, 999)).containsExactly("e-4", "e-5");
        assertThat(of("character:eve", 9, 999)).isEmpty();
    }

    @Test
    void tellsTheNewestIfThereAreTooMany() {
        for (int i = 0; i < 5; i++) {
            recent.add(event(ADA, "e-" + i, 100), now);
        }
        assertThat(of(ADA, 2, 99_999)).containsExactly("e-3", "e-4");
        assertThat(of(ADA, 9, 500)).hasSizeBetween(1, 3).endsWith("e-4");
        assertThat(of(ADA, 9, 10)).isEmpty();
    }

    @Test
    void saysWhatCameAfterAnother() {
        assertThat(recent.newest()).isZero();
        for (int i = 1; i <= 4; i++) {
            recent.add(event(ADA, "e-" + i, 1), now);
        }
        assertThat(recent.after(2)).extracting(RecentEvents.Kept::number).containsExactly(3L, 4L);
        assertThat(recent.after(0)).hasSize(4);
        assertThat(recent.after(recent.newest())).isEmpty();
    }

    @Test
    void isBoundedHoweverMuchHappens() {
        int length = CommandLimits.EVENT_BYTES_MAX;
        long enough = 2 * RecentEvents.BYTES_MAX / length;
        for (int i = 0; i < enough; i++) {
            recent.add(event(i % 2 == 0 ? ADA : "region:0,0", "e-" + i, length), now);
        }
        List<RecentEvents.Kept> kept = recent.after(0);
        assertThat(kept.stream().mapToLong(RecentEvents.Kept::bytes).sum())
                .isBetween(RecentEvents.BYTES_MAX / 2, RecentEvents.BYTES_MAX);
        assertThat(kept.getLast().event().eventId()).isEqualTo("e-" + (enough - 1));
        assertThat(recent.add(event(ADA, "e-0", 1), now))
                .as("forgotten, like new")
                .isTrue();
    }
}
