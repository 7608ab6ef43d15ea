package dev.terrane.server.edge;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.directory.Claim;
import java.util.List;

/** Asks whoever knows where avatars live, and sees to it that none is made twice. Job threads only: it may block. */
public interface Claims {
    /** @param entrance cell that would make the avatar */
    record Wanted(CharacterId character, CellId entrance) {}

    /**
     * Answers each in its order. Who cannot be asked now knows nothing: {@link Claim.Spawning}.
     *
     * @param wanted no character twice
     */
    List<Claim> claim(List<Wanted> wanted);

    /** Gives {@link Claim.Yours} back: no join that acts on it is on its way, or can be any more. */
    void abandon(CharacterId character, long ticket);
}
