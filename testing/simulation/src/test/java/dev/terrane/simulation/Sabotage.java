package dev.terrane.simulation;

import java.util.function.Supplier;

/** Ways to break the protocols on the road between honest parts, each with the checker that has to notice. */
enum Sabotage {
    /** A source loses patience and lives on with an entity that it has handed over. */
    THAWED_AFTER_TIMEOUT(CensusChecker.class, BrokenHandoffs.Thawing::new),
    /** The source hears that its kept copy is not needed any more, but the target has lost the offer. */
    KEPT_COPY_DROPPED_TOO_EARLY(CensusChecker.class, BrokenHandoffs.DroppingKept::new),
    /** A target takes an offer that it had before, as if it were another. */
    OFFER_APPLIED_TWICE(CensusChecker.class, BrokenHandoffs.Doubling::new),
    /** Hand-offs do not raise the ownership counter. */
    OWNERSHIP_IGNORED(OwnershipChecker.class, BrokenHandoffs::unraised),
    /** A number of a hand-off is given a second time. */
    SEQ_REUSED(CensusChecker.class, BrokenHandoffs::renumbered),
    /** After Moved the gateway sends nothing again: it believes that all was applied. */
    INPUTS_NOT_SENT_AGAIN(InputChecker.class, BrokenTalk.NoResend::new),
    /** An input is applied again under the next number. */
    INPUT_REPEATED(InputChecker.class, BrokenTalk.Repeating::new),
    /** Intents arrive twice, as if the second batch were new. */
    INTENTS_DOUBLED(IntentChecker.class, BrokenTalk.DoublingIntents::new),
    /** Intents are taken and forgotten. */
    INTENTS_LOST(IntentChecker.class, BrokenTalk.LosingIntents::new),
    /** Cells never hear of what gateways want to watch. */
    WATCH_LOST(ViewChecker.class, BrokenTalk.LosingWatches::new),
    /** Whoever changes cells is late by more than a tick. */
    HANDOFF_LATE(PunctualityChecker.class, Workload.CALM, BrokenLayers.Dawdling::new),
    /** A layer that is no longer needed is never emptied. */
    MERGE_FORGOTTEN(LayerChecker.class, Workload.CALM, BrokenLayers.LosingMerges::new),
    /** A split loses those whom it moves. */
    LAYER_MEMBERS_LOST(CensusChecker.class, Workload.CALM, BrokenLayers.LosingMembers::new),
    /** Cells never hear of whom others need to see. */
    GHOSTS_MISSING(GhostChecker.class, Workload.CALM, BrokenGhosts.LosingNeeds::new),
    /** Ghosts stay as they first were. */
    GHOSTS_FROZEN(GhostChecker.class, Workload.CALM, BrokenGhosts.Freezing::new),
    /** Cells are told of everybody, near or far. */
    GHOSTS_BROADCAST(GhostChecker.class, Workload.CALM, BrokenGhosts.Broadcasting::new);

    final Class<? extends Checker> checker;
    final Workload workload;
    final Supplier<Tamper> tamper;

    Sabotage(Class<? extends Checker> checker, Supplier<Tamper> tamper) {
        this(checker, Workload.MIXED, tamper);
    }

    Sabotage(Class<? extends Checker> checker, Workload workload, Supplier<Tamper> tamper) {
        this.checker = checker;
        this.workload = workload;
        this.tamper = tamper;
    }
}
