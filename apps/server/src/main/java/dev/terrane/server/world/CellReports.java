package dev.terrane.server.world;

import dev.terrane.base.CellEpoch;
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

/** Passes on what a cell reports: avatars to the directory, images and logouts to the stores. Called on worker threads; never blocks them. */
final class CellReports implements CellListener {
    private static final Logger LOG = LoggerFactory.getLogger(CellReports.class);

    private final Desks desks;
    private final WorldSetup setup;
    private final CellEpoch speaker;
    private final Directory directory;
    private final AvatarBook others;

    /**
     * Who is told, and what may be kept.
     *
     * @param own of this node's cells
     * @param mayStore false for a life of a cell whose fence has not been raised yet: its image could contain what is not durable
     */
    record Directories(Directory own, AvatarBook others, Predicate<CellEpoch> mayStore) {}

    /** Where things go, the same for all cells of a world. */
    record Desks(
            WorldSetup setup,
            Directories directories,
            Checkpointer checkpointer,
            CellPort cells,
            Journalist journalist,
            CellReceiver receiver) {}

    /** @param speaker whose reports they are */
    CellReports(Desks desks, CellEpoch speaker) {
        this.desks = desks;
        this.setup = desks.setup;
        this.speaker = speaker;
        this.directory = desks.directories.own();
        this.others = desks.directories.others();
    }

    @Override
    public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {
        directory.arrived(character, cell, entity, ownership);
        others.arrived(speaker, character, entity, ownership);
    }

    @Override
    public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {
        directory.leftTowards(character, to, entity, ownership);
        others.leftTowards(speaker, to, character, entity, ownership);
    }

    @Override
    public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {
        directory.gone(character, entity, ownership);
        others.gone(speaker, character, entity, ownership);
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
        desks.journalist.submit(facts);
    }

    @Override
    public void commandElsewhere(CellId cell, CellCommand command) {
        desks.receiver.elsewhere(command);
    }

    @Override
    public void image(ImageDraft draft, boolean last) {
        if (desks.directories.mayStore().test(speaker)) {
            desks.checkpointer.submit(draft, desks.cells);
        } else {
            draft.discard();
        }
    }
}
