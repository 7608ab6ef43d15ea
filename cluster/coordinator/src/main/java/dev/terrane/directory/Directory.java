package dev.terrane.directory;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Character → where its avatar lives, for one world. It sees to it that no character is ever spawned twice.
 *
 * <pre>
 *   (none) ──claim──► spawning ──arrived──► living ──leftTowards──► travelling ──arrived──► living
 *     ▲                  │ abandon            │ gone, or not reported again by a restarted cell
 *     └──────────────────┴────────────────────┘
 * </pre>
 *
 * <p>Cells report late and out of order; of two reports about one entity the one with the higher ownership counter is true. Any
 * thread may call it; nothing blocks for longer than a look into a map.
 */
public final class Directory {
    private final Map<CharacterId, Entry> entries = new LinkedHashMap<>();
    /** Cells that start again, or go on elsewhere, and have not reported everything since. */
    private final Set<CellId> unsettled = new HashSet<>();

    private long lastTicket;

    private enum State {
        /** Claimed by one session; no cell has reported it yet. */
        SPAWNING,
        /** Reported by its cell. */
        LIVING,
        /** Given away by its cell, not yet reported by the next. */
        TRAVELLING
    }

    /**
     * @param cell where it is, or goes to
     * @param from who gave it away, of one that travels, if that is known
     * @param ticket of a claim, else 0
     * @param doubtful its cell starts again, or whoever gave it away does, and nobody has reported it since
     */
    private record Entry(
            State state,
            CellId cell,
            @Nullable CellId from,
            long entity,
            int ownership,
            long ticket,
            boolean doubtful) {
        Entry doubted() {
            return new Entry(state, cell, from, entity, ownership, ticket, true);
        }
    }

    /**
     * Asks for a character's avatar, and for the right to spawn it when there is none.
     *
     * @param entrance cell that would spawn it
     */
    public synchronized Claim claim(CharacterId character, CellId entrance) {
        Entry entry = entries.get(character);
        if (entry == null) {
            lastTicket++;
            entries.put(character, new Entry(State.SPAWNING, entrance, null, 0, 0, lastTicket, false));
            return new Claim.Yours(lastTicket);
        }
        if (entry.state() == State.SPAWNING || entry.doubtful()) {
            return new Claim.Spawning();
        }
        return entry.state() == State.TRAVELLING
                ? new Claim.Travelling(entry.cell(), entry.entity())
                : new Claim.Located(entry.cell(), entry.entity());
    }

    /**
     * Gives a claim back. Only right when the cell cannot act on the join any more: it did not accept it, or it refused it. Does
     * nothing when the avatar has arrived or the claim has lapsed.
     */
    public synchronized void abandon(CharacterId character, long ticket) {
        Entry entry = entries.get(character);
        if (entry != null && entry.state() == State.SPAWNING && entry.ticket() == ticket) {
            entries.remove(character);
        }
    }

    /** A cell holds this avatar now: spawned, handed over or restored. While it is in doubt a lower counter is believed, too: whoever starts again from an image of before forgot that it gave it away. */
    public synchronized void arrived(CharacterId character, CellId cell, long entity, int ownership) {
        Entry entry = entries.get(character);
        if (entry == null || entry.entity() != entity || entry.ownership() <= ownership || entry.doubtful()) {
            entries.put(character, new Entry(State.LIVING, cell, null, entity, ownership, 0, false));
        }
    }

    /** @param ownership already raised for the next owner, as in the offer */
    public synchronized void leftTowards(CharacterId character, CellId to, long entity, int ownership) {
        Entry entry = entries.get(character);
        if (entry == null || entry.entity() != entity || entry.ownership() < ownership) {
            CellId from =
                    entry != null && entry.entity() == entity && entry.state() == State.LIVING ? entry.cell() : null;
            entries.put(character, new Entry(State.TRAVELLING, to, from, entity, ownership, 0, false));
        }
    }

    /** The avatar is no more: logged out or lost. A late report about an earlier life is ignored. */
    public synchronized void gone(CharacterId character, long entity, int ownership) {
        Entry entry = entries.get(character);
        if (entry != null && entry.entity() == entity && entry.ownership() <= ownership) {
            entries.remove(character);
        }
    }

    /** Whoever was given away like this has come nowhere in time. Does nothing once somebody has reported the avatar. */
    public synchronized void lost(CharacterId character, long entity, int ownership) {
        Entry entry = entries.get(character);
        boolean travels = entry != null
                && entry.state() == State.TRAVELLING
                && entry.entity() == entity
                && entry.ownership() == ownership;
        if (travels) {
            entries.remove(character);
        }
    }

    /** A cell starts again from its checkpoint: what it held, whom it gave away and who was about to spawn there is in doubt until somebody reports. */
    public synchronized void restarting(CellId cell) {
        continuing(cell);
        entries.replaceAll((character, entry) -> cell.equals(entry.from()) ? entry.doubted() : entry);
    }

    /** A cell goes on with all it knew, under another owner: what it held and who was about to spawn there is in doubt until it reports. Whom it gave away, it offers again. */
    public synchronized void continuing(CellId cell) {
        unsettled.add(cell);
        entries.replaceAll((character, entry) ->
                entry.cell().equals(cell) && entry.state() != State.TRAVELLING ? entry.doubted() : entry);
    }

    /**
     * The restarted cell has reported everything it restored, and its neighbours have resent what was on its way to it: what is still
     * in doubt is gone.
     */
    public synchronized void settled(CellId cell) {
        unsettled.remove(cell);
        entries.values().removeIf(entry -> entry.doubtful() && isSettledBy(cell, entry));
    }

    private boolean isSettledBy(CellId cell, Entry entry) {
        if (entry.state() != State.TRAVELLING) {
            return entry.cell().equals(cell);
        }
        // Nobody has it only when both have had their say.
        CellId from = entry.from();
        boolean concerns = cell.equals(from) || cell.equals(entry.cell());
        return concerns && !unsettled.contains(entry.cell()) && (from == null || !unsettled.contains(from));
    }

    /** Where the avatar lives or goes to; empty while there is none or it is in doubt. */
    public synchronized Optional<Claim.Located> find(CharacterId character) {
        Entry entry = entries.get(character);
        return entry == null || entry.state() == State.SPAWNING || entry.doubtful()
                ? Optional.empty()
                : Optional.of(new Claim.Located(entry.cell(), entry.entity()));
    }

    /** Whether there is an avatar, or may be: claimed, living, travelling or in doubt. */
    public synchronized boolean knows(CharacterId character) {
        return entries.containsKey(character);
    }

    /** Characters known, claims included. */
    public synchronized int size() {
        return entries.size();
    }
}
