package dev.terrane.server.coordinator;

import dev.terrane.base.Meters;
import dev.terrane.coordinator.Agreement;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.Outcome;
import dev.terrane.coordinator.Release;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.NodeMessage.Claimed.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a coordinator counts. Any thread. */
final class CoordinatorMeters {
    private final Map<Verdict, Meters.Count> claims = new EnumMap<>(Verdict.class);
    private final Meters.Count lostNodes;
    private final Meters.Count promotions;
    private final Meters.Count refusedProposals;
    private final Meters.Count stalls;
    private final Meters.Distribution silence;
    private final Meters.Distribution commit;

    CoordinatorMeters(Meters meters, CoordinatorLoop loop) {
        for (Verdict verdict : Verdict.values()) {
            claims.put(
                    verdict,
                    meters.count("coordinator_claims", "verdict", verdict.name().toLowerCase(Locale.ROOT)));
        }
        lostNodes = meters.count("coordinator_lost_nodes");
        promotions = meters.count("coordinator_promotions");
        refusedProposals = meters.count("coordinator_refused_proposals");
        stalls = meters.count("coordinator_stalls");
        silence = meters.distribution("coordinator_loss_silence_nanos");
        commit = meters.distribution("coordinator_loss_commit_nanos");
        meters.gauge("coordinator_term", () -> loop.leadership().term());
        meters.gauge("coordinator_is_leader", () -> loop.leadership().isHere() ? 1 : 0);
        meters.gauge("cluster_nodes", () -> loop.map().nodes().size());
        meters.gauge("cluster_nodes_desired", loop::nodesDesired);
        meters.gauge("cluster_agreed_release", () -> Agreement.of(loop.map()).language());
        meters.gauge(
                "cluster_releases",
                () -> loop.map().nodes().stream()
                        .map(member -> Release.of(member.info().version()).language())
                        .distinct()
                        .count());
        for (Tenure.Phase phase : Tenure.Phase.values()) {
            meters.gauge(
                    "cluster_cells",
                    () -> loop.map().cells().stream()
                            .filter(tenure -> tenure.phase() == phase)
                            .count(),
                    "phase",
                    phase.name().toLowerCase(Locale.ROOT));
        }
    }

    void claimed(Verdict verdict) {
        Meters.Count count = claims.get(verdict);
        if (count != null) {
            count.one();
        }
    }

    void decided(Command command, Outcome outcome) {
        if (outcome instanceof Outcome.Refused) {
            return;
        }
        if (command instanceof Command.NodeLost) {
            lostNodes.one();
        }
        boolean succeeds = command instanceof Command.NodeLost || command instanceof Command.Promote;
        if (succeeds && outcome instanceof Outcome.Granted(List<CellGrant> grants)) {
            promotions.add(grants.size());
        }
    }

    /** How long a node that is now taken for lost was not heard; negative: it never was. */
    void detected(long silentNanos) {
        if (silentNanos >= 0) {
            silence.record(silentNanos);
        }
    }

    /** How long it took from the decision that a node is lost until most coordinators had it and this one had carried it out. */
    void committed(long nanos) {
        commit.record(nanos);
    }

    void proposalRefused() {
        refusedProposals.one();
    }

    void stalled() {
        stalls.one();
    }
}
