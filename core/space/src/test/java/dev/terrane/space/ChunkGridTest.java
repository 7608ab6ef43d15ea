package dev.terrane.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Rng;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkGridTest {
    private final ChunkGrid grid = new ChunkGrid(new Bounds(-100, -50, 100, 50), 64);

    @Test
    void coversTheBoundsWithWholeChunks() {
        assertThat(grid.columns()).isEqualTo(4);
        assertThat(grid.rows()).isEqualTo(2);
        assertThat(grid.chunkCount()).isEqualTo(8);
    }

    @Test
    void bordersBelongToTheHigherChunk() {
        assertThat(grid.chunkAt(-36, 0)).isEqualTo(1);
        assertThat(grid.chunkAt(Math.nextDown(-36f), 0)).isEqualTo(0);
        assertThat(grid.chunkAt(-100, 14)).isEqualTo(4);
        assertThat(grid.chunkAt(-100, Math.nextDown(14f))).isEqualTo(0);
    }

    @Test
    void positionsOutsideAreClampedToTheEdge() {
        assertThat(grid.chunkAt(-1e9f, -1e9f)).isEqualTo(0);
        assertThat(grid.chunkAt(1e9f, 1e9f)).isEqualTo(7);
    }

    @Test
    void findsExactlyTheChunksWithinARadius() {
        for (long seed = 1; seed <= 50; seed++) {
            Rng rng = new Rng(seed);
            double x = rng.nextFloat(-250, 250);
            double y = rng.nextFloat(-250, 250);
            double radius = rng.nextFloat(0, 200);
            List<Integer> expected = new ArrayList<>();
            for (int chunk = 0; chunk < grid.chunkCount(); chunk++) {
                if (grid.distanceTo(chunk, x, y) <= radius) {
                    expected.add(chunk);
                }
            }
            List<Integer> found = new ArrayList<>();
            grid.chunksWithin(x, y, radius, found::add);
            assertThat(found).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void theChunkOfAPositionIsAtDistanceZero() {
        Rng rng = new Rng(7);
        for (int i = 0; i < 1_000; i++) {
            float x = rng.nextFloat(-100, 100);
            float y = rng.nextFloat(-50, 50);
            int chunk = grid.chunkAt(x, y);
            assertThat(grid.distanceTo(chunk, x, y)).isZero();
            assertThat(grid.chunkAt((float) grid.centreX(chunk), (float) grid.centreY(chunk)))
                    .isEqualTo(chunk);
        }
    }

    @Test
    void refusesChunksTooSmallForTheRegion() {
        assertThatThrownBy(() -> new ChunkGrid(new Bounds(0, 0, 10_000, 10_000), 1))
                .hasMessageContaining("more than 1048576");
        assertThatThrownBy(() -> new ChunkGrid(new Bounds(0, 0, 1, 1), 0)).hasMessageContaining("chunk side");
    }
}
