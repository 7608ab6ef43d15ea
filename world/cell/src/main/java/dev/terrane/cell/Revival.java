package dev.terrane.cell;

import dev.terrane.base.EntityId;
import dev.terrane.ecs.Table;
import dev.terrane.handoff.RestorePlan.CellPlan;
import dev.terrane.handoff.Told;

/** From the content of an image, a journal and a plan to a cell that can tick: drops, late arrivals, and avatars without sessions. */
record Revival(CellSpec spec, CellState state, JournalTail journal, CellPlan plan) {

    /** Works on a body made of {@link #state}. */
    void revive(Body body) {
        if (state.minted().incarnation() == spec.incarnation()) {
            body.population.restoreMinted(state.minted().count());
        }
        body.population.reindex();
        for (long entity : plan.drop()) {
            body.population.store.despawn(body.population.find(entity));
        }
        body.settle(); // a dropped copy gives its name back before the one of the journal takes it
        reviveJournaled(body);
        seatDrivers(body);
        new Borders(body).spawnAll(body.handoffs.restore(plan));
        for (int i = 0; i < body.drivers.count(); i++) {
            disconnect(body, body.drivers.at(i));
        }
        body.meters.population(body.population.store.size(), body.drivers, body.handoffs.keptCount());
    }

    private void reviveJournaled(Body body) {
        for (long entity : plan.journaled().live()) {
            body.population.register(body.population.store.readEntity(journal.image(entity)), entity);
        }
        body.settle();
        for (Told told : journal.told()) {
            EntityId id = new EntityId(told.entity());
            if (id.incarnation() == spec.incarnation()) {
                body.population.restoreMinted(Math.max(body.population.mintedCount(), id.counter()));
            }
        }
    }

    private static void seatDrivers(Body body) {
        for (Table table : body.population.store.query(body.population.kit.avatar)) {
            for (int row = 0; row < table.size(); row++) {
                Driver driver = AvatarDesk.seat(body, table.entity(row));
                if (driver != null) {
                    AvatarDesk.announce(body, driver);
                }
            }
        }
    }

    /** No session outlives its cell's epoch; the player has the linger time to come back. */
    private static void disconnect(Body body, Driver driver) {
        body.drivers.connect(driver, 0, driver.gateway);
        driver.lingerUntilTick = body.tick + body.spec.settings().avatars().lingerTicks();
        AvatarDesk.writeAvatar(body, driver);
        AvatarDesk.letGo(body, driver);
    }
}
