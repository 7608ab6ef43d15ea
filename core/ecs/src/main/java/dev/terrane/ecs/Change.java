package dev.terrane.ecs;

/** A structural change that waits for the next flush. */
sealed interface Change {
    long entity();

    record Spawn(long entity, long mask, Record[] components) implements Change {}

    /** A spawn whose values came as bytes: they wait in row 0 of a table of their own. */
    record Arrive(long entity, Table staged) implements Change {}

    record Despawn(long entity) implements Change {}

    record Attach(long entity, ComponentType<?> type, Record component) implements Change {}

    record Detach(long entity, ComponentType<?> type) implements Change {}
}
