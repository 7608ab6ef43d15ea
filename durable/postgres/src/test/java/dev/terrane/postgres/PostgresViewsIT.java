package dev.terrane.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.command.EventEnvelope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresViewsIT {
    private static final String CHANGED = "evt.test.changed";
    private static final String PAID = "evt.test.paid";

    private final PostgresViews views =
            new PostgresViews(SharedPostgres.STORE, Worlds.fresh(), List.of(CHANGED), List.of(PAID));

    private static EventEnvelope event(String topic, String id, String json) {
        return new EventEnvelope(topic, "region:0,0", id, "", 17, json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsTheNewestDocumentAndEachEntryOnceHoweverOftenTheyAreTold() {
        List<EventEnvelope> told = List.of(
                event(CHANGED, "c-2", "{\"version\":2}"),
                event(CHANGED, "c-1", "{\"version\":1}"),
                event(PAID, "p-1", "{\"amount\":5}"),
                event(PAID, "p-2", "{\"amount\":7}"));
        views.accept(told);
        views.accept(told);
        assertThat(views.document(CHANGED, "region:0,0").orElseThrow().number()).isEqualTo(2);
        assertThat(views.journal(PAID, "region:0,0", Long.MAX_VALUE, 10))
                .extracting(PostgresViews.View::json)
                .containsExactly("{\"amount\": 7}", "{\"amount\": 5}");
    }

    @Test
    void showsNoDocumentBeforeTheEntriesThatWereToldWithIt() {
        List<EventEnvelope> told =
                List.of(event(CHANGED, "c-1", "{\"version\":1}"), event(PAID, "p-1", "this is no JSON"));
        assertThatThrownBy(() -> views.accept(told)).isInstanceOf(DatabaseRefusedException.class);
        assertThat(views.document(CHANGED, "region:0,0")).isEmpty();
    }
}
