package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.games.skirmish.station.Station;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Place;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/**
 * What hits do to the entities of this cell, whoever dealt them: damage, and at the end a wreck, a blast, a score, and a pilot who waits
 * or a drone less. Carries the game's intents out.
 */
final class Wounds {
    private static final int SCORE_FOR_SHIP = 50;
    private static final int SCORE_FOR_DRONE = 10;

    /** Who is to blame. */
    private record Blame(long shooter, String name) {}

    private final EntityStore entities;
    private final ComponentType<Craft> craft;
    private final ComponentType<Vitals> vitals;
    private final ComponentType<Pilot> pilot;
    private final ComponentType<Avatar> avatar;
    private final ComponentType<Position> position;
    private final ComponentType<Heading> heading;
    private final ComponentType<Velocity> velocity;
    private final ComponentType<Nameplate> nameplate;
    private final long[] near = new long[256];
    private final Place place = new Place();

    Wounds(EntityStore entities) {
        Schema schema = entities.schema();
        this.entities = entities;
        this.craft = schema.type(Craft.class);
        this.vitals = schema.type(Vitals.class);
        this.pilot = schema.type(Pilot.class);
        this.avatar = schema.type(Avatar.class);
        this.position = schema.type(Position.class);
        this.heading = schema.type(Heading.class);
        this.velocity = schema.type(Velocity.class);
        this.nameplate = schema.type(Nameplate.class);
    }

    /** A bolt met this entity, here or as a ghost in another cell. */
    void strike(CellContext cell, long target, Strike strike) {
        if (alive(target) && was(cell, target, strike)) {
            Damage damage = Damage.of(Weapon.of(strike.weapon()), entities.get(target, vitals), cell.tick());
            suffer(
                    cell,
                    target,
                    damage,
                    new Blame(strike.shooter(), strike.shooterName()),
                    cell.localX(strike.x()),
                    cell.localY(strike.y()));
        }
    }

    /** A bolt out of the past may have met a ghost of the pilot's former ship: only the owner knows that. */
    private boolean was(CellContext cell, long target, Strike strike) {
        float ago = cell.tick() - strike.tick() + strike.lagTicks();
        return strike.lagTicks() == 0 || cell.past(ago).find(cell.idOf(target), place);
    }

    /** A ship burst, here or beyond a border. */
    void blast(CellContext cell, float x, float y, float radiusMetres, Blast blast) {
        int count = cell.near(x, y, radiusMetres, near);
        Blame blame = new Blame(blast.by(), blast.byName());
        for (int i = 0; i < count; i++) {
            if (alive(near[i]) && cell.idOf(near[i]) != blast.victim()) {
                Position at = entities.get(near[i], position);
                float share = Blast.share(Angles.length(at.x() - x, at.y() - y));
                Damage damage = Damage.of(Weapon.BLAST, share, entities.get(near[i], vitals), cell.tick());
                suffer(cell, near[i], damage, blame, at.x(), at.y());
            }
        }
    }

    /** One of this cell's pilots brought somebody down. */
    void score(CellContext cell, long shooter, KillScored kill) {
        if (entities.has(shooter, pilot)) {
            Pilot winner = entities.get(shooter, pilot);
            entities.set(
                    shooter,
                    pilot,
                    new Pilot(winner.score() + kill.points(), winner.kills() + 1, winner.energy(), winner.respawnIn()));
        }
        if (entities.has(shooter, avatar) && !kill.occasion().isEmpty()) {
            Station.reward(cell, entities.get(shooter, avatar), kill.points(), kill.occasion());
        }
    }

    /** Two hits of one tick may both be deadly: the second finds nobody. */
    private boolean alive(long entity) {
        return entities.has(entity, vitals) && entities.get(entity, vitals).hull() > 0;
    }

    /** All that happens to one is told at its own place: what is told in one chunk reaches everybody in this order. */
    private void suffer(CellContext cell, long target, Damage damage, Blame by, float x, float y) {
        entities.set(target, vitals, damage.after());
        Position at = entities.get(target, position);
        cell.emit(new Hit(cell.idOf(target), by.shooter(), damage.amount(), damage.layer(), x, y), at.x(), at.y());
        if (entities.has(target, pilot)) {
            cell.highlight(target, by.shooter());
        }
        if (damage.destroys()) {
            destroy(cell, target, by);
        }
    }

    private void destroy(CellContext cell, long victim, Blame by) {
        Craft lost = entities.get(victim, craft);
        Position place = entities.get(victim, position);
        String name = entities.has(victim, nameplate)
                ? entities.get(victim, nameplate).name()
                : BoltHits.DRONE_NAME;
        long id = cell.idOf(victim);
        cell.emit(
                new Destroyed(id, by.shooter(), name, by.name(), place.x(), place.y(), lost.kind()),
                place.x(),
                place.y());
        Blueprints.wreck(cell, lost, place, entities.get(victim, heading).yaw(), entities.get(victim, velocity));
        if (by.shooter() != id) {
            // Nobody knows the shooter any more: he is far away or gone, and the score with him.
            // The victim's end is durable before the reward for it: no crash lets it die, and pay, twice. If it cannot
            // be, nobody pays.
            String occasion = cell.keep(victim) ? "kill-" + id + "-" + cell.tick() : "";
            int points = lost.kind() == Craft.SHIP ? SCORE_FOR_SHIP : SCORE_FOR_DRONE;
            cell.intend(by.shooter(), new KillScored(points, occasion));
        }
        if (lost.kind() == Craft.SHIP) {
            cell.intendAround(place.x(), place.y(), Blast.RADIUS_METRES, new Blast(id, by.shooter(), by.name()));
        }
        if (entities.has(victim, pilot)) {
            Pilot dead = entities.get(victim, pilot);
            entities.set(victim, pilot, new Pilot(dead.score(), dead.kills(), 0, Pilot.RESPAWN_SECONDS));
            entities.set(victim, velocity, new Velocity(0, 0));
            cell.moved(victim);
        } else {
            cell.despawn(victim);
        }
    }
}
