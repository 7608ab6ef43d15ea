package dev.terrane.games.skirmish;

import dev.terrane.base.CharacterId;
import dev.terrane.gateway.ClientLink;
import dev.terrane.gateway.Session;
import dev.terrane.gateway.SharedBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One connection after another of the same player, and what he has achieved. He does not read what he is sent: the test knows more than that. */
final class CheatBot implements ClientLink {
    final String name;
    final Cheat cheat;
    final CharacterId character;
    final float startX;
    final float startY;

    @Nullable
    Session session;

    /** Null: it acts once a tick, next door to its gateway. */
    @Nullable
    FairClient afar;

    long avatar;
    int nextSeq;
    boolean playing;
    boolean closed;
    int closedCount;
    boolean dead;
    int deathCount;
    double lastX = Double.NaN;
    double lastY;
    double metres;
    private ByteBuffer room = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    CheatBot(int number, Cheat cheat, float startX, float startY) {
        this.name = "bot-" + number;
        this.cheat = cheat;
        this.character = new CharacterId(new UUID(1, number));
        this.startX = startX;
        this.startY = startY;
    }

    /** A new ship elsewhere is no way that was flown. */
    void isAt(double x, double y) {
        double step = Math.hypot(x - lastX, y - lastY);
        if (step < 20) {
            metres += step;
        }
        lastX = x;
        lastY = y;
    }

    @Override
    public ByteBuffer claim(int bytesMax) {
        if (room.capacity() < bytesMax) {
            room = ByteBuffer.allocate(bytesMax).order(ByteOrder.LITTLE_ENDIAN);
        }
        return room.clear();
    }

    @Override
    public void commit(int lengthBytes) {}

    @Override
    public void commit(int headBytes, SharedBytes body) {}

    @Override
    public void flush() {}

    @Override
    public void release() {}

    @Override
    public boolean congested() {
        return false;
    }

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public void close(int code, String reason) {
        closed = true;
    }
}
