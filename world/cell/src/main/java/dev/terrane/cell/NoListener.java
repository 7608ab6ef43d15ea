package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;

enum NoListener implements CellListener {
    INSTANCE;

    @Override
    public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {}

    @Override
    public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {}

    @Override
    public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {}

    @Override
    public void loggedOut(CellId cell, CharacterId character, int generation) {}

    @Override
    public void image(ImageDraft draft, boolean last) {}
}
