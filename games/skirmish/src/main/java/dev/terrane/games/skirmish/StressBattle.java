package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.WorldContext.MessageHandler;
import dev.terrane.plugin.kit.Position;

/**
 * A battle of drones around whoever asks for it, to see a crowd. For development: the game takes the message {@link #MESSAGE} only with
 * the option {@code dev = true}. No payload; the answer, under the same type, is how many came, four bytes, lowest first.
 */
final class StressBattle implements MessageHandler {
    static final int MESSAGE = 90;
    static final int DRONE_COUNT = 500;
    /** Drones of such battles in one cell. */
    static final int DRONE_COUNT_MAX = 2000;

    static final float SECONDS = 60;

    private static final float RADIUS_METRES = 90;
    private static final float CLEAR_METRES = 15;

    private final EntityStore entities;
    private final Query passing;
    private final ComponentType<Position> position;

    StressBattle(EntityStore entities) {
        Schema schema = entities.schema();
        this.entities = entities;
        this.position = schema.type(Position.class);
        this.passing = entities.query(schema.type(Drone.class), schema.type(Lifetime.class));
    }

    @Override
    public void handle(CellContext cell, long avatar, byte[] payload) {
        int count = Math.clamp(DRONE_COUNT_MAX - passing.size(), 0, DRONE_COUNT);
        Position centre = entities.get(avatar, position);
        for (int i = 0; i < count; i++) {
            float direction = cell.rng().nextFloat((float) -Math.PI, (float) Math.PI);
            float distance = CLEAR_METRES
                    + (RADIUS_METRES - CLEAR_METRES)
                            * (float) Math.sqrt(cell.rng().nextFloat());
            Blueprints.passingDrone(
                    cell,
                    centre.x() + distance * Angles.cos(direction),
                    centre.y() + distance * Angles.sin(direction),
                    SECONDS);
        }
        cell.send(avatar, MESSAGE, new byte[] {
            (byte) count, (byte) (count >>> 8), (byte) (count >>> 16), (byte) (count >>> 24)
        });
    }
}
