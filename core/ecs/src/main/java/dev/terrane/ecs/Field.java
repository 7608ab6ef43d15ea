package dev.terrane.ecs;

import org.jspecify.annotations.Nullable;

/**
 * One field of a component: the key to its column. Obtain it once, at start, from {@link ComponentType#field}.
 *
 * @param index place within its component
 * @param ordinal place among all fields of the schema, component by component
 * @param audience null when the field stays on the server
 * @param step see {@link Replicated#step}
 */
public record Field(
        int componentId,
        int index,
        int ordinal,
        String name,
        FieldKind kind,
        @Nullable Audience audience,
        float step) {}
