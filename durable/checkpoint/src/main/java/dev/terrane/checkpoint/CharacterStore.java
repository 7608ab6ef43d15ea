package dev.terrane.checkpoint;

import dev.terrane.base.CharacterId;
import dev.terrane.base.WorldId;
import java.util.Map;

/**
 * The rows that say who may drive which character. Any thread may call it; calls block and throw
 * {@link StoreUnavailableException} when the store cannot be reached.
 */
public interface CharacterStore {
    /** Raises the character's session generation (creating the row at 1) and returns it: lower generations are refused from now on. */
    int admit(WorldId world, CharacterId character, String name);

    /** The avatar was logged out under this generation: no checkpoint may bring it back. */
    void loggedOut(WorldId world, CharacterId character, int generation);

    /** Character → highest generation under which it was logged out, for the restore of a world. */
    Map<CharacterId, Integer> loggedOut(WorldId world);
}
