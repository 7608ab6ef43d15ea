package dev.terrane.games.skirmish;

/**
 * What a gun does. The ordinal is what clients and bolts call it.
 *
 * <p>Each layer takes a shot in its own way: {@code shieldFactor} 0.6 means that a shield loses only 0.6 points for each point fired
 * at it.
 */
enum Weapon {
    /** Ships: light that shields drink and armor scatters. */
    PULSE(14, 0.2f, 7, 1, 0.7f, 1),
    /** Drones: slugs that shields turn aside and armor does not. */
    SLUG(6, 0.55f, 0, 0.6f, 1, 0.9f),
    /** A ship that bursts; nobody carries it. */
    BLAST(30, 0, 0, 1, 1, 1),
    /** Bought rounds: heavy, and no layer resists them. */
    LANCE(26, 0.2f, 7, 1, 1, 1);

    static final float BOLT_SPEED = 160;
    static final float BOLT_SECONDS = 1.2f;
    static final float BOLT_SIZE = 0.4f;

    private static final Weapon[] BY_ORDINAL = values();

    /** Points it takes from a layer that does not resist. */
    final float damage;

    final float cooldownSeconds;
    final float energyCost;
    private final float shieldFactor;
    private final float armorFactor;
    private final float hullFactor;

    Weapon(
            float damage,
            float cooldownSeconds,
            float energyCost,
            float shieldFactor,
            float armorFactor,
            float hullFactor) {
        this.damage = damage;
        this.cooldownSeconds = cooldownSeconds;
        this.energyCost = energyCost;
        this.shieldFactor = shieldFactor;
        this.armorFactor = armorFactor;
        this.hullFactor = hullFactor;
    }

    static Weapon of(int ordinal) {
        return BY_ORDINAL[ordinal];
    }

    static Weapon carriedBy(int kind) {
        return kind == Craft.SHIP ? PULSE : SLUG;
    }

    float factor(int layer) {
        return switch (layer) {
            case Damage.SHIELD -> shieldFactor;
            case Damage.ARMOR -> armorFactor;
            default -> hullFactor;
        };
    }
}
