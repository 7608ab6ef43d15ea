package dev.terrane.ghosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.plugin.kit.Kit;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.StripPartition;
import org.junit.jupiter.api.Test;

/** The middle one of three regions in a row, each of four by four chunks. */
class GhostNeedsTest {
    private static final StripPartition STRIP = new StripPartition(3, 128, 128);
    private static final RegionId MIDDLE = new RegionId(1, 0);
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId RIGHT = new RegionId(2, 0);

    private final EntityStore store = new EntityStore(Schema.of(Kit.COMPONENTS));
    private final GhostNeeds needs = new GhostNeeds(STRIP, MIDDLE, 32, 32);

    private int[] neededOf(RegionId region, float x, float y) {
        store.spawn(new Position(x, y, 0), new Velocity(0, 0));
        store.flush();
        needs.derive(store, false, 0);
        return needs.chunks(needs.regions().indexOf(region));
    }

    @Test
    void needsTheNearChunksOfWhoeverStandsAtTheBorder() {
        assertThat(neededOf(RIGHT, 60, -60)).containsExactly(0, 4);
    }

    @Test
    void needsTheChunksAroundWhoeverHasStrayedAcrossTheBorder() {
        assertThat(neededOf(RIGHT, 80, -60)).containsExactly(0, 1, 4);
    }

    @Test
    void needsNothingOfTheOtherSideForWhoeverHasStrayed() {
        assertThat(neededOf(LEFT, 80, -60)).isEmpty();
    }

    @Test
    void needsNothingOfTheOtherSideForWhoeverHasStrayedBackwards() {
        assertThat(neededOf(RIGHT, -80, -60)).isEmpty();
    }

    @Test
    void needsTheLastChunkOfANeighbourForWhoeverIsBeyondTheEdgeOfTheWorld() {
        assertThat(neededOf(RIGHT, 60, -500)).containsExactly(0);
    }
}
