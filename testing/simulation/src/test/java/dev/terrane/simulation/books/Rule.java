package dev.terrane.simulation.books;

/** What must hold, in the words in which a red run says it. */
enum Rule {
    /** The effect of each accepted command that was done stands in the books or in its cell once; of a refused one never. */
    EFFECT_ONCE("effects exactly once"),
    /** Effects of one key happened in the order in which their commands were first accepted. */
    ORDER("order per key"),
    /** Of each currency all balances add up to nothing, and to what the postings say; nobody has less than nothing. */
    MONEY("money is conserved"),
    /** What was made and not used up lies in containers and in the cells' chests. */
    GOODS("goods are conserved"),
    /** Each time that a command stood in a lane has exactly one result there, and each has an outcome in the end. */
    RESULT("one result per accepted command"),
    /** Whoever is told a result is told the same each time. */
    SAME_RESULT("the same result each time"),
    /** Whoever is told that something is accepted, or done, can rely on the store. */
    DURABLE("what was acknowledged is durable"),
    /** A trade ends, once: goods and money change hands, or neither does and nothing stays set aside. */
    SAGA("each trade ends once"),
    /** What a cell has after its last restart is what its acknowledged commands did. */
    CELL("a cell comes back as it was acknowledged"),
    /** What a transaction has to tell is told, in order per key. */
    EVENTS("events are told in order"),
    /** When it is quiet everything comes to rest. */
    END("everything comes to its end");

    final String sentence;

    Rule(String sentence) {
        this.sentence = sentence;
    }
}
