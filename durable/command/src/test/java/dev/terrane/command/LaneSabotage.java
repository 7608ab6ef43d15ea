package dev.terrane.command;

/** Ways to break the lane or its receivers, each with the rule that has to notice. */
enum LaneSabotage {
    NONE(""),
    /** The receiver carries out again what it has carried out. */
    NO_DEDUPE("the same result each time"),
    /** The consumer is told that all is well before the receiver has committed. */
    SETTLED_BEFORE_EFFECT("effect exactly once"),
    /** The store lets whoever lost its lease settle. */
    NO_FENCE("one result per accepted command"),
    /** The receiver goes on with a key although a command of it has just thrown. */
    PARKED_KEY_OVERTAKEN("order per key"),
    /** A settlement moves the cursor to the end of the row. */
    CURSOR_PAST_UNSETTLED("effect exactly once"),
    /** A successor hears nothing of parked commands. */
    PARKED_FORGOTTEN("everything comes to its end"),
    /** A store that has crashed refuses what follows on a settlement that it has forgotten, and goes on prolonging the lease. */
    LOSS_NOT_OWNED_UP("everything comes to its end"),
    /** Producers hear that they are accepted before the append is durable. */
    ACCEPTED_BEFORE_DURABLE("accepted is durable"),
    /** What a step of a trade asks of the next is sent outside its transaction, and may be lost. */
    FOLLOW_UP_LOST("money and goods are conserved"),
    /** A retry from the dead letters is sent as another request. */
    RETRY_AS_ANOTHER_REQUEST("effect exactly once");

    final String rule;

    LaneSabotage(String rule) {
        this.rule = rule;
    }
}
