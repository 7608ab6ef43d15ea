package dev.terrane.checkpoint;

import dev.terrane.base.CharacterId;
import dev.terrane.base.WorldId;
import java.util.List;
import java.util.Map;

/**
 * The rows that say who may drive which character. Any thread may call it; calls block and throw
 * {@link StoreUnavailableException} when the store cannot be reached.
 */
public interface CharacterStore {
    /**
     * Who is to be let in.
     *
     * @param heldGeneration of a session that only wants to go on: it is let in unless another one was since; 0: whoever was
     */
    record Entrant(CharacterId character, String name, int heldGeneration) {
        /** Somebody new, who takes the place of whoever was let in before. */
        public Entrant(CharacterId character, String name) {
            this(character, name, 0);
        }
    }

    /**
     * Raises each character's session generation (creating the row at 1): lower generations are refused from now on. One transaction for all of them.
     *
     * @param entrants no character twice
     * @return the new generations, in the order of the entrants; 0 for whom another one has replaced: nothing is changed then
     */
    int[] admit(WorldId world, List<Entrant> entrants);

    /** One alone. */
    default int admit(WorldId world, CharacterId character, String name) {
        return admit(world, List.of(new Entrant(character, name)))[0];
    }

    /** The avatar was logged out under this generation: no checkpoint may bring it back. */
    void loggedOut(WorldId world, CharacterId character, int generation);

    /** Character → highest generation under which it was logged out, for the restore of a world. */
    Map<CharacterId, Integer> loggedOut(WorldId world);
}
