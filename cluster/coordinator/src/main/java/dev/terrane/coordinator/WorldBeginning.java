package dev.terrane.coordinator;

import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import java.util.Optional;

/**
 * When the ticks of a world are due in a cluster: a value of the log that the first sim puts there, for its life. All nodes go by it.
 *
 * @param tick one of them
 * @param epochMillis Unix time at which that one is due
 */
public record WorldBeginning(long tick, long epochMillis) {
    /** Of the value. */
    public static final int BYTES = 16;

    public static String key(WorldId world) {
        return ClusterMap.SHARED + "clock/" + world.name();
    }

    public byte[] toBytes() {
        ByteWriter writer = new ByteWriter(BYTES);
        writer.i64(tick);
        writer.i64(epochMillis);
        return writer.toBytes();
    }

    /** @throws MalformedBytesException if it is no such value */
    public static WorldBeginning read(byte[] value) {
        ByteReader in = new ByteReader(value);
        return new WorldBeginning(in.i64(), in.i64());
    }

    /** Empty before the first sim has come. */
    public static Optional<WorldBeginning> of(CoordinatorState state, WorldId world) {
        return state.value(key(world)).filter(value -> value.length == BYTES).map(WorldBeginning::read);
    }
}
