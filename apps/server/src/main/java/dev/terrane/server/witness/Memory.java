package dev.terrane.server.witness;

import dev.terrane.base.Clock;
import dev.terrane.cell.Passage;

/** What a node remembers of entities and sessions. Any thread. */
public record Memory(Lives lives, Traces traces) {
    public static Memory of(Clock clock) {
        return new Memory(new Lives(clock), new Traces(clock));
    }

    /** Called by ticking threads. */
    public void passed(Passage passage) {
        lives.passed(passage);
        traces.passed(passage);
    }
}
