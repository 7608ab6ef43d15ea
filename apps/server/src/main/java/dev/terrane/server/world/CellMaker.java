package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFacts;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.WorldRestore;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.InPlaceCoordinator;
import java.util.List;

/** Makes cells: takes a grant, fresh plugins and the past, if there is one. Job threads only: it waits for the store. */
final class CellMaker {
    private final WorldSetup setup;
    private final CellPorts ports;
    private final JournalBarrier journal;

    CellMaker(WorldSetup setup, CellPorts ports, JournalBarrier journal) {
        this.setup = setup;
        this.ports = ports;
        this.journal = journal;
    }

    /**
     * Takes the right to be the cell's single writer; whoever had it before is fenced. What the cell's former self handed to the journal is decided first: the new
     * epoch would refuse it, and others may have heard of it.
     */
    CellSpec grant(CellId id) {
        journal.awaitDecided(id);
        CellGrant grant = setup.stores().coordinator().grant(setup.node(), id);
        return new CellSpec(id, grant.epoch(), grant.incarnation(), setup.world(), setup.settings());
    }

    Cell open(CellId id, WorldRestore past) {
        return past.open(id, freshPlugins(), ports);
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
            return WorldRestore.wake(spec, last, freshPlugins(), ports);
        } catch (RuntimeException | Error failure) {
            release(id, spec.epoch()); // Nobody else knows of it: it would be held for ever.
            throw failure;
        }
    }

    /** Nobody writes this cell under this epoch any more; does nothing when it has been granted anew since. */
    void release(CellId id, long epoch) {
        InPlaceCoordinator coordinator = setup.stores().coordinator();
        coordinator.holder(id).filter(held -> held.epoch() == epoch).ifPresent(coordinator::release);
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
