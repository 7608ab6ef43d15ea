package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.ecs.EntityStore;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellOutput.JoinRefused;
import dev.terrane.protocol.cluster.CellOutput.SessionEnded;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may sit in which avatar: joins, leaves, lingering, logout.
 *
 * <pre>
 *   nobody ──join──► connected ──leave──► lingering ──time is up, or logout──► gone
 *                        ▲  └──join, higher generation──┐ │
 *                        └──────────────────────────────┴─┘ join
 * </pre>
 */
final class AvatarDesk {
    private static final Controls HANDS_OFF = new Controls(0, 0, 0, 0, 0);

    private final Body body;
    private final Rules rules;
    private final Turn turn;

    AvatarDesk(Body body, Rules rules, Turn turn) {
        this.body = body;
        this.rules = rules;
        this.turn = turn;
    }

    /** False when no avatar of this character is here: it may be among the arrivals of this tick, so ask {@link #enter} after them. */
    boolean resume(CellInput.Join join) {
        Driver driver = body.drivers.ofCharacter(join.character());
        if (driver != null && driver.dismissed) {
            body.settle(); // logged out in this very tick: a new life begins
            driver = null;
        }
        if (driver != null) {
            comeBack(driver, join);
        }
        return driver != null;
    }

    /** Lets a character in whose avatar did not even arrive in this tick: it gets one, unless it is known to have one somewhere. */
    void enter(CellInput.Join join) {
        if (resume(join)) {
            return;
        }
        boolean isElsewhere = join.avatar() != 0 || body.whereabouts.leftLately(join.character());
        if (isElsewhere) {
            refuse(join, JoinRefused.Reason.IN_TRANSIT);
        } else if (body.layers.mergesInto() instanceof CellId target) {
            body.outbox.tell(target, join); // nobody new begins where everybody leaves
        } else if (body.drivers.count() >= body.spec.settings().avatars().countMax()) {
            refuse(join, JoinRefused.Reason.FULL);
        } else {
            spawn(join);
        }
    }

    private void refuse(CellInput.Join join, JoinRefused.Reason reason) {
        body.meters.joinsRefused.one();
        body.outbox.tell(join.gateway(), new JoinRefused(join.session(), body.spec.cell(), reason));
    }

    private void comeBack(Driver driver, CellInput.Join join) {
        boolean sameSession = driver.session == join.session();
        boolean free = !driver.connected() || sameSession;
        if (join.generation() < driver.generation || (join.generation() == driver.generation && !free)) {
            refuse(join, JoinRefused.Reason.SUPERSEDED);
            return;
        }
        if (driver.connected() && !sameSession) {
            endSession(body, driver, driver.session, SessionEnded.Reason.REPLACED);
        }
        body.drivers.connect(driver, join.session(), join.gateway());
        driver.generation = join.generation();
        driver.ackedSeq = Math.max(driver.ackedSeq, join.ackedSeq()); // he may have gone on elsewhere meanwhile
        if (!sameSession) { // else it asks again because the cell goes on elsewhere: what it said before still counts
            driver.inputs = newBuffer(body, driver.ackedSeq);
            driver.conduct = body.conduct.newPlayer();
            driver.viewLagTicks = 0;
        }
        writeAvatar(body, driver);
        rename(driver.handle, join.name());
        welcome(driver);
    }

    private void rename(long handle, String name) {
        Nameplate plate = body.population.store.get(handle, body.population.kit.nameplate);
        if (!plate.name().equals(name)) {
            body.population.store.set(handle, body.population.kit.nameplate, new Nameplate(name));
        }
    }

    private void spawn(CellInput.Join join) {
        Population population = body.population;
        long handle =
                rules.joinHandler().join(turn, join.name(), join.x(), join.y(), World.characterSeed(join.character()));
        body.settle();
        EntityStore store = population.store;
        if (!store.has(handle, population.kit.position)) {
            throw new IllegalStateException("the join handler returned no entity with a Position for " + join.name());
        }
        Driver driver = new Driver(
                handle,
                population.idOf(handle),
                join.character(),
                Population.OWNERSHIP_FIRST,
                newBuffer(body, join.ackedSeq()),
                body.conduct.newPlayer());
        driver.ackedSeq = join.ackedSeq();
        driver.generation = join.generation();
        driver.session = join.session();
        driver.gateway = join.gateway();
        body.drivers.add(driver);
        store.attach(handle, avatarOf(driver));
        if (!store.has(handle, population.kit.controls)) {
            store.attach(handle, HANDS_OFF);
        }
        if (!store.has(handle, population.kit.nameplate)) {
            store.attach(handle, new Nameplate(join.name()));
        }
        body.settle();
        welcome(driver);
        announce(body, driver);
    }

    private void welcome(Driver driver) {
        CellSpec spec = body.spec;
        body.outbox.tell(
                driver.gateway,
                new CellOutput.Joined(
                        driver.session, spec.cell(), spec.epoch(), driver.entity, driver.ownership, driver.ackedSeq));
    }

    /** False when nobody here has this session. */
    boolean leave(CellInput.Leave leave) {
        Driver driver = body.drivers.ofSession(leave.session());
        if (driver == null) {
            return false;
        }
        body.drivers.connect(driver, 0, driver.gateway);
        if (leave.logout()) {
            logOut(driver);
        } else {
            driver.lingerUntilTick = body.tick + body.spec.settings().avatars().lingerTicks();
            driver.inputs = newBuffer(body, driver.ackedSeq);
            driver.viewLagTicks = 0;
            writeAvatar(body, driver);
            letGo(body, driver);
        }
        return true;
    }

    /** Nobody steers: no wish to move and no button down, or they would be held for as long as nobody is back. The aim stays where it was. */
    static void letGo(Body body, Driver driver) {
        Controls last = body.population.store.get(driver.handle, body.population.kit.controls);
        body.population.store.set(driver.handle, body.population.kit.controls, new Controls(0, 0, last.aim(), 0, 0));
    }

    /** The gateway is gone, and with it the connections of all its sessions. */
    void leaveAll(int gateway) {
        for (int i = 0; i < body.drivers.count(); i++) {
            Driver driver = body.drivers.at(i);
            if (driver.connected() && driver.gateway == gateway) {
                leave(new CellInput.Leave(driver.session, false));
            }
        }
    }

    /** A leave that found its avatar gone to another cell follows it there; else it is too late to matter. */
    void forward(CellInput.Leave leave) {
        CellId target = body.whereabouts.targetOf(leave.session());
        if (target != null) {
            body.outbox.tell(target, leave);
        }
    }

    /** Logs out whoever has lingered long enough. */
    void endLingering() {
        for (int i = 0; i < body.drivers.count(); i++) {
            Driver driver = body.drivers.at(i);
            if (!driver.connected() && !driver.dismissed && driver.lingerUntilTick <= body.tick) {
                logOut(driver);
            }
        }
    }

    private void logOut(Driver driver) {
        driver.dismissed = true;
        endSession(body, driver, driver.formerSession, SessionEnded.Reason.LOGGED_OUT);
        int generation = driver.generation; // of now: a later join has another
        body.report(listener -> {
            listener.loggedOut(body.spec.cell(), driver.character, generation);
            listener.avatarGone(body.spec.cell(), driver.character, driver.entity, driver.ownership);
        });
        body.passed(Passage.What.GONE, driver.entity, driver.ownership, driver, null);
        body.population.store.despawn(driver.handle);
    }

    /** A system despawned an avatar: its player has nothing left to drive. */
    static void lost(Body body, Driver driver) {
        endSession(
                body,
                driver,
                driver.connected() ? driver.session : driver.formerSession,
                SessionEnded.Reason.AVATAR_LOST);
        body.report(
                listener -> listener.avatarGone(body.spec.cell(), driver.character, driver.entity, driver.ownership));
        body.passed(Passage.What.GONE, driver.entity, driver.ownership, driver, null);
    }

    private static void endSession(Body body, Driver driver, long session, SessionEnded.Reason reason) {
        if (session != 0) {
            body.outbox.tell(driver.gateway, new SessionEnded(session, driver.character, reason));
        }
    }

    /** It lives here from now on. */
    static void announce(Body body, Driver driver) {
        tellWhere(body, driver);
        body.passed(Passage.What.HERE, driver.entity, driver.ownership, driver, null);
    }

    static void tellWhere(Body body, Driver driver) {
        body.report(
                listener -> listener.avatarHere(body.spec.cell(), driver.character, driver.entity, driver.ownership));
    }

    /** Seats the driver of an avatar that came with its components: from another cell or from an image. */
    static @Nullable Driver seat(Body body, long handle) {
        Population population = body.population;
        if (!population.store.has(handle, population.kit.avatar)) {
            return null;
        }
        Avatar avatar = population.store.get(handle, population.kit.avatar);
        Driver driver = new Driver(
                handle,
                population.idOf(handle),
                new CharacterId(new UUID(avatar.characterHigh(), avatar.characterLow())),
                population.store.get(handle, population.kit.identity).ownership(),
                newBuffer(body, avatar.ackedSeq()),
                body.conduct.newPlayer());
        driver.generation = avatar.generation();
        driver.session = avatar.session();
        driver.gateway = avatar.gateway();
        driver.ackedSeq = avatar.ackedSeq();
        driver.lingerUntilTick = avatar.lingerUntilTick();
        body.drivers.add(driver);
        return driver;
    }

    static void writeAvatar(Body body, Driver driver) {
        body.population.store.set(driver.handle, body.population.kit.avatar, avatarOf(driver));
    }

    static JitterBuffer newBuffer(Body body, int floorSeq) {
        return new JitterBuffer(body.spec.settings().avatars().inputsBuffered(), floorSeq);
    }

    private static Avatar avatarOf(Driver driver) {
        return new Avatar(
                driver.character.value().getMostSignificantBits(),
                driver.character.value().getLeastSignificantBits(),
                driver.generation,
                driver.session,
                driver.gateway,
                driver.ackedSeq,
                driver.lingerUntilTick);
    }
}
