package dev.terrane.cell;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Table;
import dev.terrane.fairplay.Motion;
import dev.terrane.fairplay.MotionAudit;
import dev.terrane.fairplay.Offences;
import dev.terrane.fairplay.PlayerConduct;
import dev.terrane.plugin.Conduct;
import dev.terrane.protocol.cluster.CellInput.ConductReport;
import dev.terrane.protocol.cluster.CellInput.PlayerInput;
import dev.terrane.protocol.cluster.CellOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fair play in this cell: no avatar moves as the game says that none can, whatever let it, and what was found is told to the driver's gateway, where it adds up.
 *
 * <p>Each avatar is compared with itself at the beginning of the same tick, so nothing has to be remembered from tick to tick. Twice: before positions are indexed and hits judged, and at the end, because
 * handlers of intents move avatars, too. Those that came in this tick are not looked at.
 */
final class ConductDesk {
    private final Body body;
    private final List<Driver> watched = new ArrayList<>();
    private Motion[] before = {};
    private final Motion now = new Motion();
    private @Nullable MotionAudit audit;
    private int pressesPerSecondMax;

    ConductDesk(Body body) {
        this.body = body;
    }

    void obey(Rules rules) {
        Conduct limits = rules.conduct();
        if (limits != null) {
            audit = new MotionAudit(limits, 1.0 / body.spec.settings().rates().simulationHz());
            pressesPerSecondMax = limits.pressesPerSecond();
        }
    }

    /** Of a player whose inputs are heard from now on. */
    PlayerConduct newPlayer() {
        return new PlayerConduct(
                pressesPerSecondMax, body.spec.settings().rates().simulationHz());
    }

    /** The input is applied in this tick. */
    void heard(Driver driver, PlayerInput input) {
        accuse(
                driver,
                driver.conduct.heard(body.tick, JitterBuffer.AHEAD_TICKS_MAX, input.clientTick(), input.pressed()));
    }

    /** Before anything moves in this tick. */
    void begin() {
        watched.clear();
        if (audit == null) {
            return;
        }
        grow(body.drivers.count());
        for (int i = 0; i < body.drivers.count(); i++) {
            Driver driver = body.drivers.at(i);
            if (body.population.store.alive(driver.handle)) {
                read(driver.handle, before[watched.size()]);
                watched.add(driver);
            }
        }
    }

    private void grow(int count) {
        if (before.length < count) {
            Motion[] more = new Motion[Math.max(count, before.length * 2)];
            System.arraycopy(before, 0, more, 0, before.length);
            for (int i = before.length; i < more.length; i++) {
                more[i] = new Motion();
            }
            before = more;
        }
    }

    void excuse(long avatar) {
        Driver driver = body.drivers.ofAvatar(avatar);
        if (driver != null) {
            driver.movedTick = body.tick;
        }
    }

    void audit() {
        MotionAudit rules = audit;
        if (rules == null) {
            return;
        }
        for (int i = 0; i < watched.size(); i++) {
            Driver driver = watched.get(i);
            if (driver.movedTick != body.tick && body.population.store.alive(driver.handle)) {
                read(driver.handle, now);
                int found = rules.judge(before[i], now);
                if (found != Offences.NONE) {
                    write(driver.handle, now);
                    body.meters.motionsCorrected.one();
                    accuse(driver, found);
                }
            }
        }
    }

    private void read(long handle, Motion into) {
        EntityStore store = body.population.store;
        KitFields kit = body.population.kit;
        Table table = store.tableOf(handle);
        int row = store.rowOf(handle);
        into.x = table.floats(kit.x).get(row);
        into.y = table.floats(kit.y).get(row);
        boolean moves = table.has(kit.velocity);
        into.velocityX = moves ? table.floats(kit.velocityX).get(row) : 0;
        into.velocityY = moves ? table.floats(kit.velocityY).get(row) : 0;
        into.yaw = table.has(kit.heading) ? table.floats(kit.yaw).get(row) : 0;
    }

    private void write(long handle, Motion motion) {
        EntityStore store = body.population.store;
        KitFields kit = body.population.kit;
        Table table = store.tableOf(handle);
        int row = store.rowOf(handle);
        table.floats(kit.x).set(row, motion.x);
        table.floats(kit.y).set(row, motion.y);
        if (table.has(kit.velocity)) {
            table.floats(kit.velocityX).set(row, motion.velocityX);
            table.floats(kit.velocityY).set(row, motion.velocityY);
        }
        if (table.has(kit.heading)) {
            table.floats(kit.yaw).set(row, motion.yaw);
        }
    }

    /** Each kind once a tick, or whoever is looked at twice would count double. */
    private void accuse(Driver driver, int offences) {
        if (driver.accusedTick != body.tick) {
            driver.accusedTick = body.tick;
            driver.accused = Offences.NONE;
        }
        int anew = offences & ~driver.accused;
        driver.accused |= offences;
        while (driver.connected() && anew != Offences.NONE) {
            body.outbox.tell(driver.gateway, new CellOutput.Offended(driver.session, Offences.first(anew)));
            anew = Offences.rest(anew);
        }
    }

    /** A gateway wants something to be known for good. If too much waits for the store it is lost, and counted as a refused wish. */
    void publish(ConductReport report) {
        FairPlayViolated event = FairPlayViolated.of(report);
        body.commands.publish(FairPlayViolated.TOPIC, event.character(), event);
    }
}
