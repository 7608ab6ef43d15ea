package dev.terrane.sdk;

import dev.terrane.base.RegionId;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.EventValues;
import dev.terrane.protocol.client.GameMessage;
import dev.terrane.protocol.client.SelfValues;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.ServerMessage.Welcome;

/**
 * Hears what happens to a client. All calls of one client come one after the other; they hold up the reading of its connection, so
 * nothing in them may wait. Entities are told about while their snapshot is applied, in its order.
 */
public interface ClientListener {
    /** Connected, or connected again: all entities known before have left. */
    default void opened(TerraneClient client, Welcome welcome) {}

    /** Another cell simulates the avatar from now on. */
    default void moved(ServerInfo info) {}

    default void entered(Entity entity) {}

    /**
     * @param fieldMask bit = entity field index of a field that changed, see {@link Entity#layout}; 0 when it is one that only a squad or a team is told
     */
    default void changed(Entity entity, long fieldMask) {}

    /** Its last values can still be read. */
    default void left(Entity entity, LeaveReason reason) {}

    /**
     * Something happened in the game.
     *
     * @param event overwritten by the next one: copy what is needed
     * @param region from whose origin its coordinates are measured
     */
    default void event(EventValues event, RegionId region) {}

    /** @param self the own avatar, exact; overwritten by the next snapshot */
    default void self(SelfValues self, ServerSnapshot snapshot) {}

    /** The own avatar was not where it had been predicted. What is drawn slides there, see {@link TerraneClient#sampleSelf}. Comes before {@link #self}. */
    default void corrected(Correction correction) {}

    /** An input was taken for a tick ({@link TerraneClient#steer}); {@link TerraneClient#predicted} is what it makes of the own avatar. */
    default void steered(int tick, Input input) {}

    /** The avatar is steered, but what that does is seen only when the server tells: its movement rule cannot be had. A world without one is no reason to say so. */
    default void notPredicted(String reason) {}

    /** A slice's new state arrived. @param ageMillis since the server simulated it, as far as the clocks are known */
    default void sliceArrived(double ageMillis) {}

    /** A snapshot has been applied as a whole. @param messageBytes its size */
    default void snapshot(ServerSnapshot snapshot, int messageBytes) {}

    /** The answer to a ping. */
    default void roundTrip(double millis) {}

    default void message(GameMessage message) {}

    /** Something has happened, durably. Told once; what happened while nobody was connected is not told. */
    default void happened(ServerMessage.Event event) {}

    /** The server says what is wrong; if it is fatal, {@link #lost} follows. */
    default void error(ServerError error) {}

    /** The connection is gone and will be tried again. */
    default void lost(ErrorCode error, String reason) {}

    /** The client is over, by its owner ({@link ErrorCode#NONE}) or for good. */
    default void closed(ErrorCode error, String reason) {}
}
