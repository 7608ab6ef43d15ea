package dev.terrane.bench.load.recovery;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.ImageDraft;
import dev.terrane.cell.TickFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what a cell hands out for a store until it is taken. */
final class Listening implements CellListener {
    private List<TickFacts> facts = new ArrayList<>();
    private @Nullable ImageDraft draft;

    ImageDraft takeDraft() {
        ImageDraft taken = draft;
        draft = null;
        if (taken == null) {
            throw new IllegalStateException("the last tick has handed out no image");
        }
        return taken;
    }

    List<TickFacts> takeFacts() {
        List<TickFacts> taken = facts;
        facts = new ArrayList<>();
        return taken;
    }

    @Override
    public void image(ImageDraft taken, boolean last) {
        if (draft != null) {
            draft.discard();
        }
        draft = taken;
    }

    @Override
    public void facts(TickFacts told) {
        facts.add(told);
    }

    @Override
    public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {}

    @Override
    public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {}

    @Override
    public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {}

    @Override
    public void loggedOut(CellId cell, CharacterId character, int generation) {}
}
