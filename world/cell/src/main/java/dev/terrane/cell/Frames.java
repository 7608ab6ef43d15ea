package dev.terrane.cell;

import dev.terrane.interest.AvatarList;
import dev.terrane.interest.SliceBoard.FrameHeader;
import dev.terrane.protocol.cluster.CellFrame;
import java.util.TreeSet;

/** One frame per snapshot for each gateway that watches something here or has sessions here. */
final class Frames {
    private final Body body;
    private final TreeSet<Integer> gateways = new TreeSet<>();
    private final AvatarList avatars = new AvatarList();

    Frames(Body body) {
        this.body = body;
    }

    void watch(int gateway, int[] chunks) {
        gateways.add(gateway);
        body.board.watch(gateway, chunks);
    }

    void unwatch(int gateway, int[] chunks) {
        body.board.unwatch(gateway, chunks);
    }

    void forget(int gateway) {
        gateways.remove(gateway);
        body.board.forgetGateway(gateway);
        body.outbox.forgetGateway(gateway);
    }

    boolean due() {
        return body.tick % body.spec.settings().rates().ticksPerSnapshot() == 0;
    }

    /** Encodes what changed; clears the store's change marks. */
    void collect() {
        body.board.collect(body.tick);
        body.population.changesCleared();
    }

    /**
     * Sends the frames, after everything else of this tick. A frame that is refused is gone, the next one's base then does not fit and the
     * gateway asks for full slices. Behind messages that still wait, none is made, so full slices and a session's own events stay for the
     * next.
     */
    void send(long simulatedAtMillis) {
        for (int i = 0; i < body.drivers.count(); i++) {
            if (body.drivers.at(i).connected()) {
                gateways.add(body.drivers.at(i).gateway);
            }
        }
        FrameHeader header = new FrameHeader(
                body.spec.cell(), body.spec.epoch(), body.tick, simulatedAtMillis, body.pace.dilation());
        for (int gateway : gateways) {
            fillAvatars(gateway);
            if (avatars.size() == 0 && !body.board.watches(gateway)) {
                continue;
            }
            if (!body.outbox.upToDate(gateway)) {
                body.meters.framesDropped.one();
                continue;
            }
            CellFrame frame = body.board.frame(gateway, header, avatars);
            if (!body.ports.gateways().offer(gateway, frame)) {
                body.meters.framesDropped.one();
            }
        }
    }

    private void fillAvatars(int gateway) {
        avatars.clear();
        for (int i = 0; i < body.drivers.count(); i++) {
            Driver driver = body.drivers.at(i);
            if (driver.connected() && driver.gateway == gateway) {
                avatars.add(driver.session, driver.handle, driver.entity, driver.ownership, driver.ackedSeq);
                body.highlights.list(driver, avatars);
            }
        }
    }
}
