package dev.terrane.sdk;

import dev.terrane.base.RegionId;

/**
 * The own avatar's fields after the last input, as far as they can be known: those that the movement rule names, place and heading. All others are as the
 * server told last. Immutable; any thread may read it.
 */
public final class Predicted {
    private final AvatarRule rule;
    private final AvatarState state;
    private final int tick;
    private final RegionId region;

    Predicted(AvatarRule rule, AvatarState state, int tick, RegionId region) {
        this.rule = rule;
        this.state = state;
        this.tick = tick;
        this.region = region;
    }

    /** It is the state after this one. */
    public int tick() {
        return tick;
    }

    /** From whose origin its position is measured. */
    public RegionId region() {
        return region;
    }

    /** Whether it has the field, and the field is one of those that are predicted or drawn. */
    public boolean has(String component, String field) {
        int index = rule.indexOf(component, field);
        return index >= 0 && state.has(index);
    }

    /** A float field; 0 when {@link #has} says that there is none. */
    public float floatValue(String component, String field) {
        return Float.intBitsToFloat(intValue(component, field));
    }

    /** An int field, or the raw bits of a float; 0 when {@link #has} says that there is none. */
    public int intValue(String component, String field) {
        int index = rule.indexOf(component, field);
        return index < 0 ? 0 : state.bits(index);
    }
}
