package dev.terrane.sdk;

/**
 * What to do in one simulation tick.
 *
 * @param moveX wish to move, -1 to 1
 * @param aim radians
 * @param held bits of buttons that are down
 * @param pressed bits of buttons that went down since the last input
 */
public record Input(float moveX, float moveY, float aim, int held, int pressed) {
    public static final Input NONE = new Input(0, 0, 0, 0, 0);
}
