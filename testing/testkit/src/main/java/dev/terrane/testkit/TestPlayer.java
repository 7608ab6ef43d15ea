package dev.terrane.testkit;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.PlayerInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellOutput.JoinRefused;
import dev.terrane.protocol.cluster.CellOutput.SessionEnded;
import dev.terrane.protocol.cluster.Offence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A player without socket. What it does reaches its avatar's cell in the next tick; what the cell has not applied when the avatar changes
 * its cell is sent again, as a gateway does.
 */
public final class TestPlayer {
    private final HandCrankedWorld world;
    private final String name;
    private final CharacterId character;
    private final Deque<PlayerInput> unacked = new ArrayDeque<>();
    private final List<CellOutput> received = new ArrayList<>();

    long session;
    private @Nullable CellId cell;
    private long entity;
    private int ownership;
    private int nextSeq = 1;
    private int ackedSeq;
    private int offeredSeq;
    private @Nullable SessionEnded ended;
    private JoinRefused.@Nullable Reason refused;

    TestPlayer(HandCrankedWorld world, String name, CharacterId character) {
        this.world = world;
        this.name = name;
        this.character = character;
    }

    public String name() {
        return name;
    }

    public CharacterId character() {
        return character;
    }

    /** False before the cell has answered, after a refusal and after the end. */
    public boolean joined() {
        return cell != null;
    }

    /** Why the last join was refused, or null. */
    public JoinRefused.@Nullable Reason refused() {
        return refused;
    }

    /** Why the session ended, or null while it has not. */
    public SessionEnded.@Nullable Reason ended() {
        return ended == null ? null : ended.reason();
    }

    /** Id of its avatar, 0 before it has joined. */
    public long entityId() {
        return entity;
    }

    /** The cell that simulates it, as far as the player has been told. */
    public @Nullable CellId cell() {
        return cell;
    }

    public EntityView avatar() {
        return world.entity(entity);
    }

    /** One tick's wishes, numbered by the player, who sees the last tick; returns the number. */
    public int input(Controls controls) {
        return input(controls, world.lastTick());
    }

    /** As the other. @param viewTick as of which the player says that he sees others, whatever it is */
    public int input(Controls controls, float viewTick) {
        PlayerInput input = new PlayerInput(
                session,
                nextSeq++,
                0,
                viewTick,
                controls.moveX(),
                controls.moveY(),
                controls.aim(),
                controls.held(),
                controls.pressed());
        unacked.add(input);
        flush();
        return input.seq();
    }

    /** The last input that the cell has applied. */
    public int ackedSeq() {
        return ackedSeq;
    }

    /** Sends a message of the game's own making. */
    public void message(int type, int requestId, byte[] payload) {
        send(new CellInput.PlayerMessage(session, type, requestId, payload));
    }

    /** The connection is gone: the avatar lingers. */
    public void disconnect() {
        send(new CellInput.Leave(session, false));
        cell = null;
    }

    public void logout() {
        send(new CellInput.Leave(session, true));
        cell = null;
    }

    /** Everything its sessions were told but frames, oldest first. */
    public List<CellOutput> received() {
        return List.copyOf(received);
    }

    /** What the game sent to this player alone. */
    public List<CellOutput.ToClient> messages() {
        return received.stream()
                .filter(CellOutput.ToClient.class::isInstance)
                .map(CellOutput.ToClient.class::cast)
                .toList();
    }

    /** What its cells have found wrong with it and its avatar, oldest first. */
    public List<Offence> offences() {
        return received.stream()
                .filter(CellOutput.Offended.class::isInstance)
                .map(said -> ((CellOutput.Offended) said).offence())
                .toList();
    }

    void connectionLost() {
        cell = null;
        unacked.clear();
    }

    void receive(CellOutput output) {
        received.add(output);
        switch (output) {
            case CellOutput.Joined joined -> {
                refused = null;
                ended = null;
                unacked.clear();
                nextSeq = joined.ackedSeq() + 1;
                offeredSeq = joined.ackedSeq();
                settle(joined.cell(), joined.avatar(), joined.ownership(), joined.ackedSeq());
            }
            case CellOutput.Moved moved -> {
                if (moved.ownership() > ownership) {
                    settle(moved.to(), moved.avatar(), moved.ownership(), moved.ackedSeq());
                    offeredSeq = moved.ackedSeq();
                    flush();
                }
            }
            case JoinRefused refusal -> refused = refusal.reason();
            case SessionEnded end -> {
                ended = end;
                cell = null;
            }
            default -> {}
        }
    }

    private void settle(CellId at, long avatar, int counter, int acked) {
        cell = at;
        entity = avatar;
        ownership = counter;
        acknowledge(acked);
    }

    /** @throws AssertionError if the acknowledgement falls */
    void acknowledge(int acked) {
        if (acked < ackedSeq && !unacked.isEmpty()) {
            throw new AssertionError(name + "'s acknowledged input fell from " + ackedSeq + " to " + acked);
        }
        ackedSeq = acked;
        while (!unacked.isEmpty() && unacked.element().seq() <= acked) {
            unacked.remove();
        }
    }

    /** Hands over what waits, in order, as far as the cell takes it. */
    void flush() {
        for (PlayerInput input : unacked) {
            if (input.seq() > offeredSeq) {
                if (!send(input)) {
                    return;
                }
                offeredSeq = input.seq();
            }
        }
    }

    private boolean send(CellInput message) {
        return cell != null && world.offer(cell, message) == Admission.ACCEPTED;
    }
}
