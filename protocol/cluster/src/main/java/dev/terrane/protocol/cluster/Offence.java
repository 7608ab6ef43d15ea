package dev.terrane.protocol.cluster;

/**
 * What a player's connection or avatar did that no fair one does. The first four are found by cells in how avatars moved, the next three in what inputs say, the rest by gateways.
 * Links carry the ordinal: new ones go to the end.
 */
public enum Offence {
    /** Faster than the game allows. */
    SPEED(1),
    /** Its velocity changed faster than the game allows. */
    ACCELERATION(1),
    /** It turned faster than the game allows. */
    TURN(1),
    /** It is where its velocity cannot have taken it. */
    JUMP(1),
    /** It claims to have seen another moment than its own connection lets it see. */
    VIEW(1),
    /** Its input names a tick that is too far ahead to mean this world's. */
    CLOCK(1),
    /** It pressed buttons more often than fingers do. */
    PRESSES(1),
    /** It sent an input again that had come before. */
    REPLAY(1),
    /** It sends inputs faster than the world ticks. */
    HASTE(1),
    /** Its connection was closed for what it sent: too much. */
    FLOOD(25),
    /** Its connection was closed for what it sent: no message of the protocol, or out of range. */
    INVALID(25);

    private final int points;

    Offence(int points) {
        this.points = points;
    }

    /** How much one of it weighs. What costs the connection weighs more, for it can be done only once per connection. */
    public int points() {
        return points;
    }
}
