package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.plugin.kit.Identity;
import java.util.List;

/** Every entity lives in exactly one cell; between ticks one may be on its way from one to the other. */
final class EachOnceChecker {
    private EachOnceChecker() {}

    /** Cells tick one after the other: what a later one hands to an earlier one arrives with its next tick. */
    static void check(HandCrankedWorld world, int expectedCount) {
        world.tick(1);
        List<Long> ids =
                world.entities(Identity.class).stream().map(EntityView::id).toList();
        assertThat(ids).as("entities alive").doesNotHaveDuplicates();
        assertThat(ids.size() + world.inTransitCount())
                .as("entities alive or on their way")
                .isEqualTo(expectedCount);
    }
}
