package dev.terrane.protocol.cluster;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/** How the records that a world's plugins use as intents travel. Both sides must know the same declarations in the same order. */
public interface IntentBodies {
    /** @throws IllegalArgumentException if no plugin lists such an intent */
    void write(Record body, ByteWriter out);

    /** @throws dev.terrane.bytes.MalformedBytesException if it is no intent of this world */
    Record read(ByteReader in);
}
