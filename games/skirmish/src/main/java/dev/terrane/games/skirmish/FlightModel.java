package dev.terrane.games.skirmish;

/**
 * How a kind of craft answers to its controls. Pure numbers, so that a client can predict with the same.
 *
 * @param thrust metres per second, per second
 * @param speedMax metres per second
 * @param turnRate radians per second
 */
record FlightModel(float thrust, float speedMax, float boostThrust, float boostSpeedMax, float turnRate) {
    static final FlightModel SHIP = new FlightModel(45, 40, 90, 70, 5);
    static final FlightModel DRONE = new FlightModel(30, 28, 30, 28, 3);

    static final float BOOST_DRAIN_PER_SECOND = 28;
    static final float ENERGY_PER_SECOND = 16;

    private static final float DRAG = 0.35f;
    private static final float BRAKE_DRAG = 3;
    /** How fast a craft that is over its limit loses speed: the end of a boost is felt, but is no wall. */
    private static final float SLOWDOWN = 60;

    static FlightModel of(int kind) {
        return kind == Craft.SHIP ? SHIP : DRONE;
    }

    /** The next speed along one axis, before {@link #limit}. {@code wish} is -1 to 1. */
    float accelerate(float speed, float wish, boolean boosts, boolean brakes, float seconds) {
        float drag = brakes ? BRAKE_DRAG : DRAG;
        float pushed = speed + wish * (boosts ? boostThrust : thrust) * seconds;
        return pushed * (1 - drag * seconds);
    }

    /** The speed that a craft may have when its thrust would take it from {@code before} to {@code after}. */
    float limit(float before, float after, boolean boosts, float seconds) {
        float max = boosts ? boostSpeedMax : speedMax;
        return after <= max ? after : Math.max(max, Math.min(before, after) - SLOWDOWN * seconds);
    }

    static float energyAfter(float energy, boolean boosts, float seconds) {
        float rate = boosts ? -BOOST_DRAIN_PER_SECOND : ENERGY_PER_SECOND;
        return Math.clamp(energy + rate * seconds, 0, Pilot.ENERGY_MAX);
    }
}
