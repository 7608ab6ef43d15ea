package dev.terrane.cell;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/**
 * From a twin to the cell itself, under the next grant: what is large changes hands, what is small is copied, and what others were told is told again.
 *
 * <p>At any tick, also one whose change marks are not cleared: whoever lives by them, slices and ghosts elsewhere, begins anew. Not taken over are slices, whom
 * the cell tells of its ghosts, and commands that wait.
 */
final class Promotion {
    private Promotion() {}

    /** @throws IllegalArgumentException unless it is a later grant of the same cell */
    static void require(CellSpec from, CellSpec next) {
        boolean same = next.cell().equals(from.cell())
                && next.world().schema().components().fingerprint()
                        == from.world().schema().components().fingerprint();
        if (!same || next.epoch() <= from.epoch() || next.incarnation() == from.incarnation()) {
            throw new IllegalArgumentException(
                    "the twin of %s under epoch %d, incarnation %d, cannot become %s under epoch %d, incarnation %d"
                            .formatted(
                                    from.cell(),
                                    from.epoch(),
                                    from.incarnation(),
                                    next.cell(),
                                    next.epoch(),
                                    next.incarnation()));
        }
    }

    /** What a body is made of. The twin's is of no use afterwards. */
    static CellState state(Body twin, CellSpec next) {
        twin.handoffs.continueUnder(next.epoch());
        CellState.Minted none = new CellState.Minted(next.incarnation(), 0);
        return new CellState(
                twin.tick, twin.rng.state(), none, twin.population.store, twin.handoffs, twin.intents.marks());
    }

    static void carryOver(Body twin, Body next, RunningFormat.Words words) {
        next.tick = twin.tick;
        next.population.reindex();
        next.population.store.allArrived(); // the twin's board has cleared the marks: who rests would never be seen
        next.board.collect(next.tick); // it learns who is here, and clears the marks
        next.population.changesCleared();
        next.neighbours.rebuild(next.population.store); // messages of players are handled before it is made anew
        ByteWriter out = new ByteWriter(1 << 12);
        RunningFormat.writeDrivers(twin.drivers, out);
        twin.layers.write(out);
        twin.whereabouts.write(out);
        twin.pace.write(words.toCells(), out);
        twin.outbox.write(words, out);
        ByteReader in = new ByteReader(out.array(), 0, out.size());
        RunningFormat.readDrivers(next, in);
        next.layers.read(in);
        next.whereabouts.read(next.spec.cell().world(), in);
        next.pace.read(words.toCells(), in);
        next.outbox.read(next.spec.cell().world(), words, in);
        next.intents.continueFrom(twin.intents, words.toCells());
        next.ghosts.continueFrom(twin.ghosts);
        next.past.continueFrom(twin.past);
        next.commands.continueFrom(twin.commands);
        for (int i = 0; i < next.drivers.count(); i++) {
            AvatarDesk.announce(next, next.drivers.at(i));
        }
        next.meters.population(next.population.store.size(), next.drivers, next.handoffs.keptCount());
    }
}
