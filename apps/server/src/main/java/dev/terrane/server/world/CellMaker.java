package dev.terrane.server.world;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFacts;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellReplay;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.WorldRestore;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.protocol.cluster.Admission;
import java.util.List;
import java.util.function.Function;

/** Makes cells: takes a grant, fresh plugins and the past, if there is one. Job threads only: it waits for the store. */
final class CellMaker {
    private static final int REHEARSED_TICKS = 20;

    private final WorldSetup setup;
    private final Function<CellEpoch, CellPorts> ports;
    private final JournalBarrier journal;

    /** @param ports the ways out of a cell, for as long as one owner has it */
    CellMaker(WorldSetup setup, Function<CellEpoch, CellPorts> ports, JournalBarrier journal) {
        this.setup = setup;
        this.ports = ports;
        this.journal = journal;
    }

    /**
     * Takes the right to be the cell's single writer; whoever had it before is fenced. What the cell's former self handed to the journal is decided first: the new
     * epoch would refuse it, and others may have heard of it.
     */
    CellSpec grant(CellId id) {
        awaitDecided(id);
        return spec(setup.stores().grants().grant(id));
    }

    /** Returns when nothing that the cell's former self did here is on its way to the journal. */
    void awaitDecided(CellId id) {
        journal.awaitDecided(id, setup.runtime().clock().threads());
    }

    CellSpec spec(CellGrant grant) {
        return new CellSpec(grant.cell(), grant.epoch(), grant.incarnation(), setup.world(), setup.settings());
    }

    Cell open(CellId id, WorldRestore past) {
        return past.open(id, freshPlugins(), ports.apply(new CellEpoch(id, past.epoch(id))));
    }

    /** Lets a copy of a copy become a cell that nobody hears of, and live for a moment. */
    void rehearse(CellReplay copy, CellGrant grant, long nowMillis) {
        CellPorts silent = new CellPorts(
                (_, _, _) -> Admission.SEALED,
                (_, _) -> true,
                CellListener.none(),
                new MadeMeters(setup.runtime().meters()),
                () -> 0);
        long tick = copy.tick();
        Cell cell = copy.promote(spec(grant), freshPlugins(), silent);
        for (int i = 1; i <= REHEARSED_TICKS; i++) {
            cell.tick(tick + i, nowMillis);
        }
    }

    /** The copy of a cell becomes the cell itself. */
    Cell promote(CellReplay twin, CellGrant grant) {
        return twin.promote(spec(grant), freshPlugins(), ports.apply(new CellEpoch(grant.cell(), grant.epoch())));
    }

    private List<PluginModule> freshPlugins() {
        return setup.plugins().stream()
                .map(source -> new PluginModule(source.fresh().get(), source.options()))
                .toList();
    }

    /** Opens a layer among living cells: for the first time, or anew after it was taken away. */
    Cell wake(CellId id) {
        CellSpec spec = grant(id);
        try {
            CellImage last = setup.stores()
                    .checkpoints()
                    .latest(id)
                    .map(CellMaker::image)
                    .orElse(null);
            if (!facts(id).isEmpty()) {
                throw new IllegalStateException(
                        "the journal of " + id + " goes on after its last image: it was not at rest");
            }
            return WorldRestore.wake(spec, last, freshPlugins(), ports.apply(new CellEpoch(id, spec.epoch())));
        } catch (RuntimeException | Error failure) {
            release(id, spec.epoch()); // Nobody else knows of it: it would be held for ever.
            throw failure;
        }
    }

    /** Nobody writes this cell under this epoch any more; does nothing when it has been granted anew since. */
    void release(CellId id, long epoch) {
        setup.stores().grants().release(id, epoch);
    }

    /** What the journal says since the latest checkpoint. */
    List<CellFacts> facts(CellId id) {
        return setup.stores().journal().store().tail(id).stream()
                .map(CellMaker::facts)
                .toList();
    }

    static CellFacts facts(JournalEntry entry) {
        return new CellFacts(entry.cell(), entry.epoch(), entry.tick(), entry.schemaFingerprint(), entry.facts());
    }

    static CellImage image(Checkpoint checkpoint) {
        return new CellImage(
                checkpoint.cell(),
                checkpoint.epoch(),
                checkpoint.tick(),
                checkpoint.formatVersion(),
                checkpoint.schemaFingerprint(),
                checkpoint.stateHash(),
                checkpoint.state());
    }
}
