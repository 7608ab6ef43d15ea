package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.games.skirmish.station.Yard;

/** Ships' armor and hull, as a yard sees them. */
final class Hulls implements Yard {
    private final EntityStore entities;
    private final ComponentType<Vitals> vitals;

    Hulls(EntityStore entities) {
        this.entities = entities;
        this.vitals = entities.schema().type(Vitals.class);
    }

    @Override
    public boolean flies(long entity) {
        return entities.has(entity, vitals) && entities.get(entity, vitals).hull() > 0;
    }

    @Override
    public int missing(long ship) {
        Vitals now = entities.get(ship, vitals);
        float missing = Vitals.SHIP_FULL.hull() - now.hull() + Vitals.SHIP_FULL.armor() - now.armor();
        return (int) Math.ceil(missing);
    }

    @Override
    public int repair(long ship, int points) {
        Vitals now = entities.get(ship, vitals);
        float toHull = Math.min(points, Vitals.SHIP_FULL.hull() - now.hull());
        float armor = Math.min(Vitals.SHIP_FULL.armor(), now.armor() + points - toHull);
        Vitals mended = new Vitals(now.shield(), armor, now.hull() + toHull, now.hitTick());
        entities.set(ship, vitals, mended);
        return (int) (mended.hull() + mended.armor());
    }
}
