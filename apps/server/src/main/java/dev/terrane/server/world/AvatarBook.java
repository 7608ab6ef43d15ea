package dev.terrane.server.world;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.cell.Passage;

/** Who else is told where avatars live, besides this node's own directory; each word in the name of a cell of this node. Called by ticking threads, in the order of events; must not block. */
public interface AvatarBook {
    /** Nobody: there are no other nodes. */
    AvatarBook NONE = new AvatarBook() {
        @Override
        public void arrived(CellEpoch by, CharacterId character, long entity, int ownership) {}

        @Override
        public void leftTowards(CellEpoch by, CellId to, CharacterId character, long entity, int ownership) {}

        @Override
        public void gone(CellEpoch by, CharacterId character, long entity, int ownership) {}
    };

    void arrived(CellEpoch by, CharacterId character, long entity, int ownership);

    void leftTowards(CellEpoch by, CellId to, CharacterId character, long entity, int ownership);

    void gone(CellEpoch by, CharacterId character, long entity, int ownership);

    /** Of avatars and all others: said besides the other words, for those who look back. */
    default void passed(Passage passage) {}
}
