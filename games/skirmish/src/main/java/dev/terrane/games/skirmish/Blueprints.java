package dev.terrane.games.skirmish;

import dev.terrane.base.Rng;
import dev.terrane.games.skirmish.chat.Voice;
import dev.terrane.games.skirmish.station.Magazine;
import dev.terrane.games.skirmish.station.Salvage;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.kit.Allegiance;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Veiled;
import dev.terrane.plugin.kit.Velocity;

/** What each kind of craft is made of. */
final class Blueprints {
    static final float SHIP_SIZE = 3;
    static final float DRONE_SIZE = 2;

    private static final float ASTEROID_SIZE_MIN = 4;
    private static final float DRIFT_CHANCE = 0.25f;
    private static final float DRIFT_SPEED_MAX = 2.5f;
    /** Time to fetch what is in it. */
    private static final float WRECK_SECONDS = 12;

    private static final int SHIP_SALVAGE = 5;
    private static final int DRONE_SALVAGE = 1;
    /** Bolts of drones glow in this paint of ships. */
    private static final int SLUG_VARIANT = 1;

    private static final Velocity STILL = new Velocity(0, 0);
    private static final Controls IDLE = new Controls(0, 0, 0, 0, 0);

    private Blueprints() {}

    static long ship(CellContext cell, String name, float x, float y, long characterSeed) {
        int variant = new Rng(characterSeed).nextInt(Craft.SHIP_VARIANTS);
        return cell.spawn(
                new Position(x, y, 0),
                new Heading(0),
                STILL,
                IDLE,
                new Nameplate(name),
                new Craft(Craft.SHIP, variant, SHIP_SIZE),
                Vitals.SHIP_FULL,
                new Pilot(0, 0, Pilot.ENERGY_MAX, 0),
                new Gun(0),
                new Allegiance(Wing.squadOf(variant), 0),
                new Veiled(Veiled.NOT),
                new Wing(Pilot.ENERGY_MAX, false),
                Magazine.EMPTY,
                Voice.fresh(cell.tick()));
    }

    static long drone(CellContext cell, float x, float y) {
        Rng rng = cell.rng();
        return cell.spawn(
                new Position(x, y, 0),
                new Heading(direction(rng)),
                STILL,
                IDLE,
                new Craft(Craft.DRONE, rng.nextInt(Craft.DRONE_TEAMS), DRONE_SIZE),
                Vitals.DRONE_FULL,
                new Gun(0),
                Drone.NEWBORN);
    }

    /** One that goes by itself after a while. */
    static long passingDrone(CellContext cell, float x, float y, float seconds) {
        long drone = drone(cell, x, y);
        cell.entities().attach(drone, new Lifetime(after(cell, seconds)));
        return drone;
    }

    /** Where clients are told that it is, and as large: whoever bounces off it does so there as here. Those that drift are told of by and by, and roughly. */
    static long asteroid(CellContext cell, float x, float y) {
        Rng rng = cell.rng();
        Position position =
                new Position(rounded(x, Position.STEP), rounded(y, Position.STEP), rng.nextFloat(-1.5f, 1.5f));
        Heading heading = new Heading(direction(rng));
        int variant = rng.nextInt(256);
        float size = rounded(rng.nextFloat(ASTEROID_SIZE_MIN, Craft.SIZE_MAX), Craft.SIZE_STEP);
        Craft craft = new Craft(Craft.ASTEROID, variant, size);
        if (!rng.chance(DRIFT_CHANCE)) {
            return cell.spawn(position, heading, craft);
        }
        float speed = rng.nextFloat(0.5f, DRIFT_SPEED_MAX);
        return cell.spawn(position, heading, craft, towards(heading.yaw(), speed));
    }

    private static float rounded(float value, float step) {
        return Math.round(value / step) * step;
    }

    /** {@code position} and {@code velocity} as the bolt leaves the muzzle. */
    static long bolt(CellContext cell, Bolt bolt, int shipVariant, Position position, float yaw, Velocity velocity) {
        int variant = bolt.weapon() == Weapon.SLUG.ordinal() ? SLUG_VARIANT : shipVariant;
        return cell.spawn(
                position,
                new Heading(yaw),
                velocity,
                new Craft(Craft.BOLT, variant, Weapon.BOLT_SIZE),
                bolt,
                new Lifetime(after(cell, Weapon.BOLT_SECONDS)));
    }

    static long wreck(CellContext cell, Craft of, Position position, float yaw, Velocity velocity) {
        return cell.spawn(
                position,
                new Heading(yaw),
                new Velocity(velocity.x() * 0.4f, velocity.y() * 0.4f),
                new Craft(Craft.WRECK, of.variant(), of.size()),
                new Salvage(of.kind() == Craft.SHIP ? SHIP_SALVAGE : DRONE_SALVAGE),
                new Lifetime(after(cell, WRECK_SECONDS)));
    }

    /** The tick that is so many seconds away, at least one. */
    static long after(CellContext cell, float seconds) {
        return cell.tick() + Math.max(1, Math.round(seconds / cell.dtSeconds()));
    }

    private static Velocity towards(float yaw, float speed) {
        return new Velocity(speed * Angles.cos(yaw), speed * Angles.sin(yaw));
    }

    private static float direction(Rng rng) {
        return rng.nextFloat((float) -Math.PI, (float) Math.PI);
    }
}
