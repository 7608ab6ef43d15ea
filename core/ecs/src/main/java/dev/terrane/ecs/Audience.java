package dev.terrane.ecs;

/** Who is told a field's value. */
public enum Audience {
    /** Everybody who sees the entity. */
    ALL,
    /** Only the session that drives the entity. */
    OWNER,
    /** Whoever drives an entity of the same squad, the entity's own driver among them. */
    SQUAD,
    /** Whoever drives an entity of the same team. */
    TEAM
}
