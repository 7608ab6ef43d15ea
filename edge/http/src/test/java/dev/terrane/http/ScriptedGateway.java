package dev.terrane.http;

import dev.terrane.base.SessionId;
import dev.terrane.base.WorldId;
import dev.terrane.gateway.ClientLink;
import dev.terrane.gateway.ConnectionFacts;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.gateway.Session;
import dev.terrane.gateway.SessionListing;
import dev.terrane.gateway.SharedBytes;
import dev.terrane.gateway.TokenGate;
import dev.terrane.protocol.client.ErrorCode;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Echoes every message and notes who called it: what the door does is seen without a world behind it. */
final class ScriptedGateway implements Gateway {
    final Set<Thread> callers = ConcurrentHashMap.newKeySet();
    final BlockingQueue<Link> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<Link> closed = new LinkedBlockingQueue<>();
    final AtomicInteger drains = new AtomicInteger();
    final Semaphore timerRan = new Semaphore(0);
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final GatewayInbox inbox;
    final SharedBytes.Maker bodies;
    volatile boolean failsToOpen;
    private boolean down;

    ScriptedGateway(Runnable wake, SharedBytes.Maker bodies) {
        this.bodies = bodies;
        this.inbox = new GatewayInbox(64, wake);
    }

    /** A connection as the gateway sees it. */
    record Link(SessionId id, ClientLink out, ConnectionFacts facts, ScriptedGateway gateway) implements Session {
        @Override
        public boolean closed() {
            return !gateway.links.contains(this);
        }

        void send(byte[] message) {
            ByteBuffer buffer = out.claim(message.length + 1000);
            buffer.put(message);
            out.commit(message.length);
            out.flush();
        }
    }

    @Override
    public Session open(ClientLink link, String ip, TokenGate gate, long nowNanos) {
        return open(link, new ConnectionFacts(ip, null), nowNanos);
    }

    @Override
    public Session open(ClientLink link, ConnectionFacts facts, long nowNanos) {
        callers.add(Thread.currentThread());
        if (failsToOpen) {
            throw new IllegalStateException("as told by the test");
        }
        Link session = new Link(new SessionId(System.nanoTime()), link, facts, this);
        links.add(session);
        opened.add(session);
        if (down) {
            reject(session, ErrorCode.SHUTTING_DOWN, "going away");
        }
        return session;
    }

    @Override
    public void onMessage(Session session, ByteBuffer message, long nowNanos) {
        callers.add(Thread.currentThread());
        byte[] bytes = new byte[message.remaining()];
        message.get(message.position(), bytes);
        ((Link) session).send(bytes);
    }

    @Override
    public boolean spend(Session session, long nowNanos) {
        return true;
    }

    @Override
    public void reject(Session session, ErrorCode error, String message) {
        callers.add(Thread.currentThread());
        Link link = (Link) session;
        link.send(ErrorMessage.fatal(error, message));
        link.out().close(error.closeCode(), error.name());
    }

    @Override
    public void onClosed(Session session) {
        callers.add(Thread.currentThread());
        links.remove((Link) session);
        closed.add((Link) session);
    }

    @Override
    public GatewayInbox inbox() {
        return inbox;
    }

    @Override
    public int drain(long nowNanos) {
        callers.add(Thread.currentThread());
        return drains.incrementAndGet();
    }

    @Override
    public void onTimer(long nowNanos, long epochMillis) {
        callers.add(Thread.currentThread());
        timerRan.release();
    }

    @Override
    public void shutDown() {
        callers.add(Thread.currentThread());
        down = true;
        links.forEach(link -> reject(link, ErrorCode.SHUTTING_DOWN, "going away"));
    }

    @Override
    public SessionListing sessions() {
        return new SessionListing() {
            @Override
            public int sessionCount() {
                return links.size();
            }

            @Override
            public int playerCount(WorldId world) {
                return 0;
            }
        };
    }
}
