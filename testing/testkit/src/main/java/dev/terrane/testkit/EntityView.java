package dev.terrane.testkit;

import dev.terrane.base.CellId;
import java.util.List;

/**
 * A copy of one entity as of the last tick.
 *
 * @param id its name in the whole world
 * @param worldX metres in the world's plane
 */
public record EntityView(CellId cell, long id, int ownership, double worldX, double worldY, List<Record> components) {
    public boolean has(Class<? extends Record> component) {
        return components.stream().anyMatch(component::isInstance);
    }

    /** @throws IllegalArgumentException if it does not have the component; it names those it has */
    public <C extends Record> C get(Class<C> component) {
        return components.stream()
                .filter(component::isInstance)
                .map(component::cast)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("entity " + id + " has no " + component.getSimpleName() + ", only "
                                + components.stream()
                                        .map(c -> c.getClass().getSimpleName())
                                        .toList()));
    }
}
