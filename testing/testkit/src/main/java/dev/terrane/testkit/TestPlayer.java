package dev.terrane.testkit;

import dev.terrane.plugin.kit.Controls;

/** A player without socket. What it does reaches its avatar's cell in the next tick. */
public final class TestPlayer {
    TestPlayer() {}

    public String name() {
        throw new UnsupportedOperationException();
    }

    /** False before the cell has answered, after a refusal and after the end. */
    public boolean joined() {
        throw new UnsupportedOperationException();
    }

    /** Id of its avatar, 0 before it has joined. */
    public long entityId() {
        throw new UnsupportedOperationException();
    }

    public EntityView avatar() {
        throw new UnsupportedOperationException();
    }

    /** One tick's wishes, numbered by the player. */
    public void input(Controls controls) {
        throw new UnsupportedOperationException(controls.toString());
    }

    /** The last input that the cell has applied. */
    public int ackedSeq() {
        throw new UnsupportedOperationException();
    }

    /** Sends a command of the game's own making. */
    public void command(int type, byte[] payload) {
        throw new UnsupportedOperationException("" + type + payload.length);
    }

    /** The connection is gone: the avatar lingers. */
    public void disconnect() {
        throw new UnsupportedOperationException();
    }

    public void logout() {
        throw new UnsupportedOperationException();
    }
}
