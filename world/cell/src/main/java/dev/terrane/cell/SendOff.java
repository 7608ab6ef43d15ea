package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.handoff.Leaver;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;

/** Gives entities away: over a border and to another layer alike. */
final class SendOff {
    private final Body body;
    private final ByteWriter image = new ByteWriter(512);

    SendOff(Body body) {
        this.body = body;
    }

    /**
     * Hands one entity off. Refused, or something that was done to it is not durable yet: it stays home and plays on, try again in a later tick. Accepted: it is gone with the next
     * {@link Body#settle}.
     *
     * @param x local position at the target
     */
    boolean depart(long handle, CellId target, float x, float y) {
        Population population = body.population;
        Identity identity = population.store.get(handle, population.kit.identity);
        if (body.commands.staysUndecided(identity.id())) {
            body.meters.handoffsUndecided.one();
            return false;
        }
        Driver driver = body.drivers.ofAvatar(handle);
        population.store.writeEntity(handle, image.clear());
        Leaver leaver = new Leaver(
                identity.id(),
                identity.ownership(),
                x,
                y,
                image.toBytes(),
                driver == null ? 0 : driver.session,
                driver == null ? 0 : driver.gateway,
                driver == null ? 0 : driver.ackedSeq);
        Admission admission = body.handoffs.depart(body.tick, target, leaver, this::send);
        if (admission != Admission.ACCEPTED) {
            body.meters.handoffsRefused.one();
            return false;
        }
        body.meters.handoffsOut.one();
        body.intents.departed(identity.id(), target);
        body.board.departed(handle);
        body.ghosts.departed(handle, target);
        population.store.despawn(handle);
        if (driver != null) {
            seeOff(driver, target, identity.ownership() + 1);
        }
        body.passed(Passage.What.LEFT, identity.id(), identity.ownership() + 1, driver, target);
        return true;
    }

    private void seeOff(Driver driver, CellId target, int ownership) {
        driver.dismissed = true;
        body.whereabouts.left(
                driver.character, driver.connected() ? driver.session : driver.formerSession, target, body.tick);
        if (driver.connected()) {
            body.outbox.tell(
                    driver.gateway,
                    new CellOutput.Moved(
                            driver.session,
                            body.spec.cell(),
                            target,
                            CellPort.ANY_EPOCH,
                            driver.entity,
                            ownership,
                            driver.ackedSeq));
        }
        body.report(listener -> listener.avatarLeft(target, driver.character, driver.entity, ownership));
    }

    /** What is due between cells: answers, repetitions, news about checkpoints. */
    void flush() {
        body.handoffs.flush(body.tick, this::send);
    }

    private Admission send(CellId target, CellInput message) {
        return body.ports.cells().offer(target, CellPort.ANY_EPOCH, message);
    }
}
