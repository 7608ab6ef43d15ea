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

    /** What goes on in a tick without an input of its own. */
    Input stillHeld() {
        return pressed == 0 ? this : new Input(moveX, moveY, aim, held, 0);
    }

    /** As the server will understand it: no diagonal faster than straight ahead. To the bit what the gateway makes of it. */
    Input asSent() {
        float x = Math.clamp(moveX, -1, 1);
        float y = Math.clamp(moveY, -1, 1);
        double length = Math.sqrt((double) x * x + (double) y * y);
        return length > 1
                ? new Input((float) (x / length), (float) (y / length), aim, held, pressed)
                : new Input(x, y, aim, held, pressed);
    }
}
