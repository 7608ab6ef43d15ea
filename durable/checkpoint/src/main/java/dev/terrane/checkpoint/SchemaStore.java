package dev.terrane.checkpoint;

import java.util.SortedMap;

/**
 * What the component schemas were like under which states were written: a later version reads them by it. Any thread may call it; calls block and
 * throw {@link StoreUnavailableException} when the store cannot be reached.
 */
public interface SchemaStore {
    /**
     * Call it before anything is written under this schema. Keeping it again has no effect.
     *
     * @param description in the format of the component store
     */
    void keep(long fingerprint, byte[] description);

    /** By fingerprint. */
    SortedMap<Long, byte[]> all();
}
