package dev.terrane.node;

import java.util.List;

/** The answer to a {@link Question}. */
public sealed interface Telling {
    /** Of one message. */
    int COUNT_MAX = 4_096;

    /** How much waits where. */
    record Queues(List<Queue> queues) implements Telling {
        public Queues {
            queues = List.copyOf(queues);
        }
    }

    /**
     * One queue.
     *
     * @param name of its metric: says what is counted
     * @param of which of them: {@code cell=w/0,0#0}, {@code peer=s2 lane=data}; empty: there is one
     */
    record Queue(String name, String of, long depth) {}

    /**
     * What happened, oldest first.
     *
     * @param isCut there was more, older or newer, that is not remembered
     */
    record Events(List<Event> events, boolean isCut) implements Telling {
        public Events {
            events = List.copyOf(events);
        }
    }

    /**
     * Something that happened.
     *
     * @param number rises within a node, or within a trace of one
     * @param atMillis Unix time
     * @param what one word
     * @param detail for people
     */
    record Event(long number, long atMillis, Place place, Subject subject, String what, String detail) {}

    /**
     * Where.
     *
     * @param cell empty: at a gateway
     * @param epoch -1: any, or not known
     * @param tick -1: not within one
     */
    record Place(String cell, long epoch, long tick) {
        public static final Place GATEWAY = new Place("", -1, -1);
    }

    /**
     * To whom.
     *
     * @param entity 0: not known
     * @param ownership 0: not known
     * @param session 0: not known
     * @param character empty: not known, or nobody's
     */
    record Subject(long entity, int ownership, long session, String character) {}
}
