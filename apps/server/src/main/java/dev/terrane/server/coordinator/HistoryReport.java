package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.CellSpan;
import dev.terrane.coordinator.Migration;
import dev.terrane.coordinator.Moment;
import dev.terrane.coordinator.Tenure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of cells, as the log remembers it, in the words of REST. Any thread. */
final class HistoryReport {
    private final CoordinatorRole role;

    /** @param at_millis Unix time; left out: not known */
    record When(long index, long term, @Nullable Long at_millis) {}

    /** @param next left out: that was all */
    record Migrations(List<Moved> migrations, @Nullable String next) {}

    /**
     * A migration.
     *
     * @param wanted_at when the other node began to follow the cell; left out with the rest that is not known
     * @param frozen_millis from the log's word that it moves to the one that it has: nobody ticks it for a part of that
     */
    record Moved(
            long index,
            String cell,
            String from,
            String to,
            long epoch,
            String state,
            String author,
            String reason,
            @Nullable Long wanted_at,
            @Nullable Long copy_millis,
            @Nullable Long frozen_at,
            @Nullable Long frozen_millis) {}

    record Epochs(String cell, String phase, @Nullable String owner, long epoch, List<Span> spans) {}

    /** @param ended left out with what follows while it lasts */
    record Span(
            long epoch,
            String owner,
            String begun,
            When from,
            @Nullable String ended,
            @Nullable When to) {}

    HistoryReport(CoordinatorRole role) {
        this.role = role;
    }

    /** Newest first. */
    Record migrations(Map<String, String> query) {
        Page page = Page.of(query);
        if (!page.after().matches("\\d{0,18}")) {
            throw new IllegalArgumentException("after must be the index of a migration");
        }
        long after = page.after().isEmpty() ? 0 : Long.parseLong(page.after());
        List<Migration> all = new ArrayList<>(role.log().read(state -> state.migrations()));
        all.sort(Comparator.comparingLong((Migration each) -> each.frozen().index())
                .reversed());
        Page.Cut<Migration> cut = page.cut(
                all,
                each -> each.frozen().index() < after,
                each -> Long.toString(each.frozen().index()));
        return new Migrations(cut.items().stream().map(HistoryReport::moved).toList(), cut.next());
    }

    private static Moved moved(Migration each) {
        return new Moved(
                each.frozen().index(),
                each.cell().toString(),
                each.from().name(),
                each.to().name(),
                each.epoch(),
                word(each.state()),
                each.author(),
                each.reason(),
                ClusterReport.millis(each.copying().epochMillis()),
                between(each.copying(), each.whole()),
                ClusterReport.millis(each.frozen().epochMillis()),
                between(each.frozen(), each.over()));
    }

    private static @Nullable Long between(Moment from, @Nullable Moment to) {
        return to == null || from.epochMillis() == 0 || to.epochMillis() == 0
                ? null
                : Long.valueOf(Math.max(0, to.epochMillis() - from.epochMillis()));
    }

    /** @throws IllegalArgumentException if the query names no cell */
    Record epochs(Map<String, String> query) {
        CellId cell = CellNames.parse(query.getOrDefault("cell", ""));
        return role.log().read(state -> {
            Tenure tenure = state.tenure(cell);
            return new Epochs(
                    cell.toString(),
                    word(tenure.phase()),
                    ClusterReport.name(tenure.owner()),
                    tenure.epoch(),
                    state.spans(cell).stream().map(HistoryReport::span).toList());
        });
    }

    private static Span span(CellSpan span) {
        CellSpan.Ended ended = span.ended();
        NodeId owner = span.owner();
        return new Span(
                span.epoch(),
                owner.name(),
                word(span.begun()),
                Objects.requireNonNull(when(span.from())),
                ended == null ? null : word(ended),
                when(span.to()));
    }

    private static @Nullable When when(@Nullable Moment moment) {
        return moment == null
                ? null
                : new When(moment.index(), moment.term(), ClusterReport.millis(moment.epochMillis()));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
