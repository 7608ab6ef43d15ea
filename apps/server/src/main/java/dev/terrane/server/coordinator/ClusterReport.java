package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.Agreement;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.CoordinatorLog.Leadership;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Tenure;
import dev.terrane.placement.cluster.ClusterDecision;
import dev.terrane.placement.cluster.Shortage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The cluster as one coordinator sees it now, in the words of REST. Any thread. */
final class ClusterReport {
    private final CoordinatorRole role;
    private final Clock clock;

    /** @param nodes_desired left out where this coordinator does not lead, with the shortages */
    record Cluster(
            String coordinator,
            String leader,
            long term,
            long version,
            String release,
            List<Node> nodes,
            @Nullable Long nodes_desired,
            List<String> shortages,
            List<Word> overrides) {}

    /** @param beat_age_millis left out: never heard here */
    record Node(
            String node,
            List<String> roles,
            int slot,
            String life,
            String address,
            String version,
            boolean draining,
            @Nullable Long beat_age_millis) {}

    record Word(String name, String value, String author, String reason) {}

    /** @param next left out: that was all */
    record Cells(long version, List<Cell> cells, @Nullable String next) {}

    record Cell(
            String cell,
            String phase,
            @Nullable String owner,
            long epoch,
            long begun_epoch,
            @Nullable String standby,
            boolean ready,
            @Nullable Load load) {}

    /**
     * @param nanos_per_second of tick work, averaged
     * @param soft_nanos of it: replication
     * @param opportunistic_nanos of it: what runs only while there is time, which placement does not count
     */
    record Load(int entities, int avatars, long nanos_per_second, long soft_nanos, long opportunistic_nanos) {}

    record Audit(List<Line> entries) {}

    /** @param at_millis Unix time; left out: not known */
    record Line(long index, long term, @Nullable Long at_millis, String author, String reason, String text) {}

    ClusterReport(CoordinatorRole role, Clock clock) {
        this.role = role;
        this.clock = clock;
    }

    Record cluster() {
        Leadership leadership = role.log().leadership();
        ClusterMap map = role.map();
        ClusterDecision decision = role.loop().decision();
        long now = clock.nanos();
        return new Cluster(
                role.self().name(),
                leadership.leader(),
                leadership.term(),
                map.version(),
                Agreement.of(map).family(),
                map.nodes().stream().map(member -> node(member, now)).toList(),
                decision == null ? null : Long.valueOf(decision.nodesDesired()),
                decision == null
                        ? List.of()
                        : decision.shortages().stream().map(Shortage::toString).toList(),
                role.log().read(ClusterReport::overrides));
    }

    private static List<Word> overrides(CoordinatorState state) {
        return state.overrides().stream()
                .map(each -> new Word(each.name(), each.value(), each.author(), each.reason()))
                .toList();
    }

    private Node node(ClusterMap.Member member, long now) {
        long ageNanos = role.loop().pulses().ageNanos(member.node(), now);
        return new Node(
                member.node().name(),
                member.info().roles().stream()
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList(),
                member.slot(),
                Long.toHexString(member.info().life()),
                member.info().address(),
                member.info().version(),
                member.isDraining(),
                ageNanos < 0 ? null : Long.valueOf(TimeUnit.NANOSECONDS.toMillis(ageNanos)));
    }

    Record cells(Map<String, String> query) {
        ClusterMap map = role.map();
        Page.Cut<Tenure> page = page(map, query);
        return new Cells(map.version(), page.items().stream().map(this::cell).toList(), page.next());
    }

    static Page.Cut<Tenure> page(ClusterMap map, Map<String, String> query) {
        Page page = Page.of(query);
        CellId after = page.after().isEmpty() ? null : CellNames.parse(page.after());
        return page.cut(
                map.cells(),
                tenure -> after != null && tenure.cell().compareTo(after) > 0,
                tenure -> tenure.cell().toString());
    }

    private Cell cell(Tenure tenure) {
        LoadBook.Work work = role.loop().loads().work(tenure.cell());
        return new Cell(
                tenure.cell().toString(),
                tenure.phase().name().toLowerCase(Locale.ROOT),
                name(tenure.owner()),
                tenure.epoch(),
                tenure.begunEpoch(),
                name(tenure.standby()),
                tenure.isReady(),
                work == null
                        ? null
                        : new Load(work.entities(), work.avatars(), work.nanosPerSecond(), (long) work.soft(), (long)
                                work.opportunistic()));
    }

    /** Null for a time that nobody said. */
    static @Nullable Long millis(long epochMillis) {
        return epochMillis == 0 ? null : Long.valueOf(epochMillis);
    }

    static @Nullable String name(@Nullable NodeId node) {
        return node == null ? null : node.name();
    }

    Record audit() {
        return role.log()
                .read(state -> new Audit(state.audit().stream()
                        .map(each -> new Line(
                                each.index(),
                                each.term(),
                                millis(each.atMillis()),
                                each.author(),
                                each.reason(),
                                each.text()))
                        .toList()));
    }
}
