package dev.terrane.bench.load.arena;

import dev.terrane.base.Rng;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.space.StripPartition;

/** Players enter evenly all over a world of strips and walk about where they are, over borders too. */
public final class RoamArena extends Arena {
    private static final float METRES_PER_SECOND = 10;

    public RoamArena() {
        super("arena-roam", METRES_PER_SECOND);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        if (!(map.partition() instanceof StripPartition strip)) {
            throw new IllegalArgumentException("arena-roam needs world.partition = strip;…");
        }
        return anywhere(strip, characterSeed);
    }

    static WorldPosition anywhere(StripPartition strip, long characterSeed) {
        Rng rng = new Rng(characterSeed);
        float width = (float) (strip.count() * strip.widthMetres());
        float half = (float) (strip.depthMetres() / 2);
        return new WorldPosition(rng.nextFloat(0, width), rng.nextFloat(-half, half));
    }
}
