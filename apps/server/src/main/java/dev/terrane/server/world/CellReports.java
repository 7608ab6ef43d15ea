package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.ImageDraft;
import dev.terrane.cell.Passage;
import dev.terrane.cell.TickFacts;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.directory.Directory;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellPort;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what cells report: avatars to the directory, images and logouts to the stores. Called on worker threads; never blocks them. */
final class CellReports implements CellListener {
    private static final Logger LOG = LoggerFactory.getLogger(CellReports.class);

    private final WorldSetup setup;
    private final Directories directories;
    private final Directory directory;
    private final AvatarBook others;
    private final Checkpointer checkpointer;
    private final CellPort cells;
    private final Journalist journalist;
    private final CellReceiver receiver;

    /**
     * Who is told, and what may be kept.
     *
     * @param own of this node's cells
     * @param mayStore false for a cell whose fence has not been raised yet: its image could contain what is not durable
     */
    record Directories(Directory own, AvatarBook others, Predicate<CellId> mayStore) {}

    CellReports(
            WorldSetup setup,
            Directories directories,
            Checkpointer checkpointer,
            CellPort cells,
            Journalist journalist,
            CellReceiver receiver) {
        this.setup = setup;
        this.directories = directories;
        this.directory = directories.own();
        this.others = directories.others();
        this.checkpointer = checkpointer;
        this.cells = cells;
        this.journalist = journalist;
        this.receiver = receiver;
    }

    @Override
    public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {
        directory.arrived(character, cell, entity, ownership);
        others.arrived(character, cell, entity, ownership);
    }

    @Override
    public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {
        directory.leftTowards(character, to, entity, ownership);
        others.leftTowards(character, to, entity, ownership);
    }

    @Override
    public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {
        directory.gone(character, entity, ownership);
        others.gone(character, cell, entity, ownership);
    }

    @Override
    public void passed(Passage passage) {
        others.passed(passage);
    }

    @Override
    public void loggedOut(CellId cell, CharacterId character, int generation) {
        setup.runtime().jobs().execute(() -> record(cell, character, generation));
    }

    private void record(CellId cell, CharacterId character, int generation) {
        try {
            setup.stores().characters().loggedOut(cell.world(), character, generation);
            LOG.atInfo()
                    .addKeyValue("world", cell.world())
                    .addKeyValue("cell", cell)
                    .addKeyValue("character", character)
                    .log("logged out");
        } catch (StoreUnavailableException e) {
            LOG.atWarn()
                    .addKeyValue("cell", cell)
                    .addKeyValue("character", character)
                    .log(
                            "the logout is not recorded; after a crash the avatar may linger once more: {}",
                            e.getMessage());
        }
    }

    @Override
    public void facts(TickFacts facts) {
        journalist.submit(facts);
    }

    @Override
    public void commandElsewhere(CellId cell, CellCommand command) {
        receiver.elsewhere(command);
    }

    @Override
    public void image(ImageDraft draft, boolean last) {
        if (directories.mayStore().test(draft.cell())) {
            checkpointer.submit(draft, cells);
        } else {
            draft.discard();
        }
    }
}
