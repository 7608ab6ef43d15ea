package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;

/** Who else is told where avatars live, besides this node's own directory. Called by ticking threads, in the order of events; must not block. */
public interface AvatarBook {
    /** Nobody: there are no other nodes. */
    AvatarBook NONE = new AvatarBook() {
        @Override
        public void arrived(CharacterId character, CellId cell, long entity, int ownership) {}

        @Override
        public void leftTowards(CharacterId character, CellId to, long entity, int ownership) {}

        @Override
        public void gone(CharacterId character, CellId cell, long entity, int ownership) {}
    };

    void arrived(CharacterId character, CellId cell, long entity, int ownership);

    void leftTowards(CharacterId character, CellId to, long entity, int ownership);

    void gone(CharacterId character, CellId cell, long entity, int ownership);
}
