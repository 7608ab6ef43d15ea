package dev.terrane.bench.load.arena;

import dev.terrane.base.Rng;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPosition;

/** Everybody enters in one spot in the middle of the world, and all see all. */
public final class CrowdArena extends Arena {
    private static final float SPOT_METRES = 25;
    private static final float METRES_PER_SECOND = 5;

    public CrowdArena() {
        super("arena-crowd", METRES_PER_SECOND);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        Rng rng = new Rng(characterSeed);
        return new WorldPosition(rng.nextFloat(-SPOT_METRES, SPOT_METRES), rng.nextFloat(-SPOT_METRES, SPOT_METRES));
    }
}
