package dev.terrane.simulation.books;

/** Ways to break a piece of the machinery on purpose, each with the rule whose checker has to notice. */
enum BooksSabotage {
    NONE(Rule.END),
    /** A service commits effects, and the keys they are known by in a transaction of their own. */
    KEY_IN_ITS_OWN_TRANSACTION(Rule.EFFECT_ONCE),
    /** A service answers before its transaction is committed. */
    SETTLED_BEFORE_COMMIT(Rule.DURABLE),
    /** The store lets whoever lost its lease settle. */
    NO_FENCE_AT_SETTLE(Rule.RESULT),
    /** A cell's results leave before the journal has them. */
    RESULT_BEFORE_JOURNAL(Rule.DURABLE),
    /** A commit of the journal that broke counts as done. */
    TORN_GROUP_BELIEVED(Rule.DURABLE),
    /** After a restart nobody asks which commands were carried out, and the journal's primary key is missing. */
    OUTCOMES_IGNORED(Rule.SAME_RESULT),
    /** A cell restarts from its checkpoint alone. */
    JOURNAL_NOT_READ(Rule.CELL),
    /** A checkpoint is stored without waiting for the journal: effects are durable, their keys are not. */
    CHECKPOINT_BEFORE_JOURNAL(Rule.EFFECT_ONCE),
    /** The journal takes records of an owner who has been replaced. */
    NO_FENCE_AT_JOURNAL(Rule.CELL),
    /** What a cell asks of others is sent after its journal is committed, not with it. */
    SENT_BESIDE_THE_JOURNAL(Rule.MONEY),
    /** A trade whose goods were refused forgets to release the money. */
    HOLD_NEVER_RELEASED(Rule.SAGA),
    /** The relay drops a row of the outbox before it has passed it on. */
    OUTBOX_ROW_LOST(Rule.SAGA),
    /** Results that nobody has brought to their service before a restart are not brought afterwards. */
    RESULTS_NOT_REMEMBERED(Rule.SAGA),
    /** A service goes on with a key although a command of it has just thrown. */
    PARKED_KEY_OVERTAKEN(Rule.ORDER),
    /** A retry from the dead letters is sent as another request. */
    RETRY_UNDER_A_NEW_KEY(Rule.RESULT);

    final Rule rule;

    BooksSabotage(Rule rule) {
        this.rule = rule;
    }
}
