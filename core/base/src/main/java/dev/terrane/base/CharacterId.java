package dev.terrane.base;

import java.util.UUID;

/** Names whom a session plays. It outlives sessions: the subject of the player's token is mapped to it. */
public record CharacterId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
