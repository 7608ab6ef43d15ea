package dev.terrane.cell;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Rng;
import dev.terrane.plugin.WorldMap;
import dev.terrane.wasm.RuleModule;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What all cells of a world share. Immutable; any thread may read it.
 *
 * @param seed of the world's randomness; each cell derives its own from it
 */
public record World(WorldMap map, WorldSchema schema, long seed) {
    /** The same world, see {@link WorldSchema#remembering}. */
    public World remembering(SortedMap<Long, byte[]> descriptions) {
        return new World(map, schema.remembering(descriptions), seed);
    }

    /** The module of the movement rule, as clients get it. */
    public Optional<byte[]> movementRule() {
        return Optional.ofNullable(schema.rule()).map(RuleModule::bytes);
    }

    /** What a plugin gets in place of the character: the same for the same character each time, and no secret. */
    public static long characterSeed(CharacterId character) {
        return Rng.mix(character.value().getMostSignificantBits()
                ^ Rng.mix(character.value().getLeastSignificantBits()));
    }
}
