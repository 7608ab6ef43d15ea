package dev.terrane.gateway;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sessions whose links were written since the last flush: each is flushed once, however many messages it got. */
final class Touched {
    private @Nullable ClientSession[] sessions = new ClientSession[64];
    private int count;

    void add(ClientSession session) {
        if (session.touched) {
            return;
        }
        session.touched = true;
        if (count == sessions.length) {
            sessions = Arrays.copyOf(sessions, count * 2);
        }
        sessions[count++] = session;
    }

    void flush() {
        for (int i = 0; i < count; i++) {
            ClientSession session = sessions[i];
            if (session != null) {
                session.touched = false;
                session.link.flush();
            }
            sessions[i] = null;
        }
        count = 0;
    }
}
