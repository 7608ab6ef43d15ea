package dev.terrane.games.skirmish;

/**
 * What one shot does to a craft: shield first, then armor, then hull. What a layer could not hold goes on to the next.
 *
 * @param amount points lost, all layers together
 * @param layer the innermost that lost any
 */
record Damage(Vitals after, float amount, int layer) {
    static final int SHIELD = 0;
    static final int ARMOR = 1;
    static final int HULL = 2;

    static Damage of(Weapon weapon, Vitals before, long tick) {
        return of(weapon, 1, before, tick);
    }

    /** @param share of what the weapon does, 0 to 1 */
    static Damage of(Weapon weapon, float share, Vitals before, long tick) {
        float[] layers = {before.shield(), before.armor(), before.hull()};
        float fired = weapon.damage * share;
        float amount = 0;
        int innermost = SHIELD;
        for (int layer = SHIELD; layer <= HULL && fired > 0; layer++) {
            float taken = Math.min(layers[layer], fired * weapon.factor(layer));
            if (taken > 0) {
                layers[layer] -= taken;
                amount += taken;
                fired -= taken / weapon.factor(layer);
                innermost = layer;
            }
        }
        return new Damage(new Vitals(layers[SHIELD], layers[ARMOR], layers[HULL], tick), amount, innermost);
    }

    boolean destroys() {
        return after.hull() <= 0;
    }
}
