package dev.terrane.cell;

import dev.terrane.base.CharacterId;
import dev.terrane.base.LongLongMap;
import dev.terrane.ecs.EntityStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The drivers of a cell's avatars, found by session, character or avatar; walked in the order in which they came. */
final class Drivers {
    private final List<Driver> inOrder = new ArrayList<>();
    private final Map<CharacterId, Driver> byCharacter = new HashMap<>();
    private final LongLongMap avatarBySession = new LongLongMap();
    private @Nullable Driver[] bySlot = new Driver[64];

    int count() {
        return inOrder.size();
    }

    /** Those with a session. */
    int connectedCount() {
        return avatarBySession.size();
    }

    /** The i-th in order of coming. */
    Driver at(int index) {
        return inOrder.get(index);
    }

    void add(Driver driver) {
        int slot = EntityStore.slot(driver.handle);
        if (slot >= bySlot.length) {
            bySlot = Arrays.copyOf(bySlot, Math.max(slot + 1, bySlot.length * 2));
        }
        bySlot[slot] = driver;
        inOrder.add(driver);
        byCharacter.put(driver.character, driver);
        if (driver.session != 0) {
            avatarBySession.put(driver.session, driver.handle);
        }
    }

    void remove(Driver driver) {
        connect(driver, 0, driver.gateway);
        int slot = EntityStore.slot(driver.handle);
        if (bySlot[slot] == driver) {
            bySlot[slot] = null;
        }
        inOrder.remove(driver);
        byCharacter.remove(driver.character, driver);
    }

    /** Puts another session, or none, into the driver's seat. */
    void connect(Driver driver, long session, int gateway) {
        if (driver.session != 0) {
            avatarBySession.remove(driver.session);
            driver.formerSession = driver.session;
        }
        driver.session = session;
        driver.gateway = gateway;
        if (session != 0) {
            avatarBySession.put(session, driver.handle);
        }
    }

    @Nullable
    Driver ofSession(long session) {
        return session == 0 ? null : ofAvatar(avatarBySession.get(session));
    }

    @Nullable
    Driver ofCharacter(CharacterId character) {
        return byCharacter.get(character);
    }

    @Nullable
    Driver ofAvatar(long handle) {
        int slot = EntityStore.slot(handle);
        if (handle == 0 || slot >= bySlot.length) {
            return null;
        }
        Driver driver = bySlot[slot];
        return driver != null && driver.handle == handle ? driver : null;
    }
}
