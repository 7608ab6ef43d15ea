package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/** What a hit does: damage, and at the end a wreck, a score, and a pilot who waits or a drone less. */
final class Wounds {
    private static final int SCORE_FOR_SHIP = 50;
    private static final int SCORE_FOR_DRONE = 10;

    private final EntityStore entities;
    private final ComponentType<Craft> craft;
    private final ComponentType<Vitals> vitals;
    private final ComponentType<Pilot> pilot;
    private final ComponentType<Position> position;
    private final ComponentType<Heading> heading;
    private final ComponentType<Velocity> velocity;
    private final ComponentType<Nameplate> nameplate;

    Wounds(EntityStore entities) {
        Schema schema = entities.schema();
        this.entities = entities;
        this.craft = schema.type(Craft.class);
        this.vitals = schema.type(Vitals.class);
        this.pilot = schema.type(Pilot.class);
        this.position = schema.type(Position.class);
        this.heading = schema.type(Heading.class);
        this.velocity = schema.type(Velocity.class);
        this.nameplate = schema.type(Nameplate.class);
    }

    /** A bolt met this entity at a place. Asteroids do not mind. */
    void strike(CellContext cell, long target, Bolt bolt, float x, float y) {
        if (!entities.has(target, vitals)) {
            return;
        }
        Damage damage = Damage.of(Weapon.of(bolt.weapon()), entities.get(target, vitals), cell.tick());
        entities.set(target, vitals, damage.after());
        cell.emit(new Hit(cell.idOf(target), bolt.shooter(), damage.amount(), damage.layer(), x, y), x, y);
        if (damage.destroys()) {
            destroy(cell, target, bolt);
        }
    }

    private void destroy(CellContext cell, long victim, Bolt bolt) {
        Craft lost = entities.get(victim, craft);
        Position place = entities.get(victim, position);
        String name = entities.has(victim, nameplate)
                ? entities.get(victim, nameplate).name()
                : BoltHits.DRONE_NAME;
        cell.emit(
                new Destroyed(
                        cell.idOf(victim), bolt.shooter(), name, bolt.shooterName(), place.x(), place.y(), lost.kind()),
                place.x(),
                place.y());
        Blueprints.wreck(cell, lost, place, entities.get(victim, heading).yaw(), entities.get(victim, velocity));
        reward(cell, bolt.shooter(), lost.kind());
        if (entities.has(victim, pilot)) {
            Pilot dead = entities.get(victim, pilot);
            entities.set(victim, pilot, new Pilot(dead.score(), dead.kills(), 0, Pilot.RESPAWN_SECONDS));
            entities.set(victim, velocity, new Velocity(0, 0));
        } else {
            cell.despawn(victim);
        }
    }

    /** A shooter that has left for another cell meanwhile gets nothing: only its own cell may write it. */
    private void reward(CellContext cell, long shooterId, int kind) {
        long shooter = cell.find(shooterId);
        if (entities.has(shooter, pilot)) {
            Pilot winner = entities.get(shooter, pilot);
            int score = kind == Craft.SHIP ? SCORE_FOR_SHIP : SCORE_FOR_DRONE;
            entities.set(
                    shooter,
                    pilot,
                    new Pilot(winner.score() + score, winner.kills() + 1, winner.energy(), winner.respawnIn()));
        }
    }
}
