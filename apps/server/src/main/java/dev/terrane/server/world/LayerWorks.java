package dev.terrane.server.world;

import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.placement.CrowdStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Splits and merges that are under way, at most one per region. Belongs to the governor's thread. */
final class LayerWorks {
    private static final Logger LOG = LoggerFactory.getLogger(LayerWorks.class);

    private final LayerTools tools;
    private final Governor governor;
    private final Consumer<RegionId> onDone;
    private final List<Begun> works = new ArrayList<>();
    private final Meters.Count splits;
    private final Meters.Count merges;

    /** Something that takes several steps. */
    interface Work {
        /** One more look at it; true when it has come to an end. */
        boolean step();
    }

    private record Begun(CrowdStep what, Work work) {}

    /** @param onDone the region of a work that ended */
    LayerWorks(LayerTools tools, Governor governor, Consumer<RegionId> onDone, Meters meters, String world) {
        this.tools = tools;
        this.governor = governor;
        this.onDone = onDone;
        this.splits = meters.count("world_splits", "world", world);
        this.merges = meters.count("world_merges", "world", world);
    }

    void begin(CrowdStep what) {
        LOG.atInfo()
                .addKeyValue("world", tools.world())
                .addKeyValue("region", what.region())
                .log(
                        "{}",
                        switch (what) {
                            case CrowdStep.Split split ->
                                "crowded cell " + split.crowded() + " splits: layer "
                                        + split.fresh().layer() + " opens";
                            case CrowdStep.Balance balance ->
                                "crowded cell " + balance.crowded() + " gives a part to " + balance.emptier();
                            case CrowdStep.Merge merge ->
                                "calm again: " + merge.leaving() + " merges into " + merge.target();
                            case CrowdStep.Newcomers newcomers -> "newcomers go to " + newcomers.cell();
                        });
        switch (what) {
            case CrowdStep.Split split -> {
                splits.one();
                works.add(new Begun(what, new SplitWork(tools, governor, split)));
            }
            case CrowdStep.Balance balance ->
                works.add(
                        new Begun(what, new DivideWork(tools, balance.crowded(), balance.emptier(), balance.share())));
            case CrowdStep.Merge merge -> {
                merges.one();
                tools.announce(merge.region());
                works.add(new Begun(what, new MergeWork(tools, merge.leaving(), merge.target(), tools::takeAway)));
            }
            case CrowdStep.Newcomers newcomers -> tools.announce(newcomers.region());
        }
    }

    /** One more look at everything that is under way. */
    void step() {
        for (Begun begun : List.copyOf(works)) {
            if (ended(begun)) {
                works.remove(begun);
                onDone.accept(begun.what().region());
            }
        }
    }

    private boolean ended(Begun begun) {
        try {
            return begun.work().step();
        } catch (RuntimeException bug) {
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("world", tools.world())
                    .addKeyValue("region", begun.what().region())
                    .log("given up: {}", begun.what());
            return true;
        }
    }
}
