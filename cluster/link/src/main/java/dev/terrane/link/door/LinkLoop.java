package dev.terrane.link.door;

import dev.terrane.base.NodeId;
import dev.terrane.base.Rng;
import dev.terrane.link.Backoff;
import dev.terrane.link.Lane;
import dev.terrane.link.LinkEnd;
import dev.terrane.link.LinkEvents;
import dev.terrane.link.LinkHello;
import dev.terrane.link.LinkInfo;
import dev.terrane.link.LinkLoss;
import dev.terrane.link.LinkMachine;
import dev.terrane.link.PairBook;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything about links that happens on their one event loop: connections, dials, timers, events. */
final class LinkLoop {
    /** So long a reason may take to reach the other node, which closes then, before the socket is closed over it. */
    static final long LAST_WORDS_MILLIS_MAX = 3_000;

    private static final int BATCH_BYTES = 128 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(LinkLoop.class);

    private final LinkOptions options;
    private final ContextInternal context;
    private final NetClient client; // kept as long as its sockets: a client that is collected closes them
    private final LinkMeters meters;
    private final LinkEvents events;
    private final ConcurrentHashMap<NodeId, LinkMachine> open;
    private final PairBook<Connection> book;
    private final RefusalLog refusals = new RefusalLog();
    private final List<Connection> connections = new ArrayList<>();
    private final Map<NodeId, Dialler> diallers = new TreeMap<>();
    private byte[] batch = new byte[BATCH_BYTES];
    private byte[] chunk = new byte[BATCH_BYTES];
    private int dialCount;
    private boolean closing;
    private @Nullable Runnable onEmpty;

    /** @param open what threads that offer look peers up in; the loop alone writes it */
    LinkLoop(
            LinkOptions options,
            ContextInternal context,
            NetClient client,
            LinkMeters meters,
            ConcurrentHashMap<NodeId, LinkMachine> open) {
        this.options = options;
        this.context = context;
        this.client = client;
        this.meters = meters;
        this.events = options.ports().events();
        this.open = open;
        this.book = new PairBook<>(options.times());
    }

    LinkOptions options() {
        return options;
    }

    LinkMeters meters() {
        return meters;
    }

    /** Room to put a batch together in, for at least {@code bytesMin}; until the next call. */
    byte[] batch(int bytesMin) {
        if (batch.length < bytesMin) {
            batch = new byte[bytesMin];
        }
        return batch;
    }

    /** Room for what a socket has read; until the next call. */
    byte[] chunk(int bytesMin) {
        if (chunk.length < bytesMin) {
            chunk = new byte[bytesMin];
        }
        return chunk;
    }

    void later(long millis, Runnable work) {
        context.owner().setTimer(millis, now -> work.run());
    }

    void onTimer() {
        long nowNanos = options.ports().clock().nanos();
        for (Connection connection : List.copyOf(connections)) {
            connection.onTimer(nowNanos);
        }
        if (!closing) {
            for (Dialler dialler : diallers.values()) {
                dialler.look(nowNanos);
            }
        }
    }

    /** What was flushed goes to the sockets. */
    void pump() {
        for (int index = connections.size() - 1; index >= 0; index--) {
            connections.get(index).pump(); // may close, and so remove, itself
        }
    }

    /** A control lane is full: its link ends now, not with the next timer. */
    void endOverflown() {
        long nowNanos = options.ports().clock().nanos();
        for (Connection connection : List.copyOf(connections)) {
            if (connection.machine().overflown()) {
                connection.onTimer(nowNanos);
            }
        }
    }

    void dial(NodeId peer, LinkAddress address) {
        Dialler before = diallers.get(peer);
        if (before == null || !before.address().equals(address)) {
            Rng rng = new Rng(Rng.mix(options.self().life() ^ peer.name().hashCode()));
            Dialler dialler = new Dialler(this, peer, address, new Backoff(options.times(), rng));
            diallers.put(peer, dialler);
            dialler.look(options.ports().clock().nanos());
        }
    }

    void forget(NodeId peer, String text) {
        diallers.remove(peer);
        for (Connection connection : List.copyOf(connections)) {
            if (connection.machine().peer().equals(peer)) {
                connection.close(LinkEnd.GOODBYE, text);
            }
        }
    }

    void connect(Dialler dialler) {
        meters.dialled();
        dialCount++;
        LinkAddress address = dialler.address();
        client.connect(address.port(), address.host()).onComplete(result -> {
            if (result.succeeded()) {
                greet(result.result(), dialler);
            } else {
                onDialFailed(dialler, result.cause());
            }
            dialCount--;
            runIfEmpty();
        });
    }

    private void onDialFailed(Dialler dialler, Throwable failure) {
        meters.dialFailed();
        if (LinkTls.isMeantBy(failure)) {
            String text = String.valueOf(failure.getMessage());
            refuse("node " + dialler.peer() + " at " + dialler.address(), new LinkLoss(LinkEnd.TLS, text, false, 0));
        } else {
            LOG.atDebug()
                    .addKeyValue("peer", dialler.peer())
                    .addKeyValue("address", dialler.address())
                    .addKeyValue("reason", failure.getMessage())
                    .log("a node was not reached");
        }
        dialler.onEnded();
        if (isRefused(failure) && diallers.get(dialler.peer()) == dialler && !book.has(dialler.peer())) {
            tell(() -> events.absent(dialler.peer()));
        }
    }

    /** By the machine itself: it answers, and nobody listens there. Not so when nothing comes back, or there is no way. */
    private static boolean isRefused(Throwable failure) {
        return failure instanceof ConnectException
                && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("refused");
    }

    /** A handshake of a stranger that has dialled this node has failed. */
    void onStranger(Throwable failure) {
        if (LinkTls.isMeantBy(failure)) {
            refuse("a stranger", new LinkLoss(LinkEnd.TLS, String.valueOf(failure.getMessage()), false, 0));
        }
    }

    /** @param dialler null when the other has dialled */
    void greet(NetSocket socket, @Nullable Dialler dialler) {
        if (closing || (dialler != null && diallers.get(dialler.peer()) != dialler)) {
            socket.close(); // nobody wants it any more
            return;
        }
        NodeId certified = certified(socket);
        if (certified == null) {
            refuse(
                    "somebody at " + socket.remoteAddress(),
                    new LinkLoss(LinkEnd.IDENTITY, "the certificate names no node", false, 0));
            socket.close();
            if (dialler != null) {
                dialler.onEnded();
            }
            return;
        }
        Connection connection = new Connection(this, socket, certified, dialler);
        connections.add(connection);
        connection.start();
        if (dialler != null && !dialler.peer().equals(certified)) {
            connection.close(
                    LinkEnd.IDENTITY,
                    "node %s was dialled at %s; the certificate there names %s"
                            .formatted(dialler.peer(), dialler.address(), certified));
        }
    }

    private static @Nullable NodeId certified(NetSocket socket) {
        try {
            return NodeNames.of(socket.peerCertificates().getFirst());
        } catch (SSLPeerUnverifiedException nobody) {
            return null;
        }
    }

    boolean has(NodeId peer) {
        return book.has(peer);
    }

    @Nullable
    LinkLoss admit(LinkHello peer) {
        return book.admit(peer, options.ports().clock().nanos());
    }

    void onOpened(Connection connection, LinkInfo info) {
        NodeId peer = connection.machine().peer();
        Connection before = book.opened(connection, connection.machine());
        if (before != null) {
            before.close(LinkEnd.REPLACED, "a newer connection has taken its place");
        }
        open.put(peer, connection.machine());
        Dialler dialler = diallers.get(peer);
        if (dialler != null) {
            dialler.onOpened();
        }
        LOG.atInfo()
                .addKeyValue("peer", peer)
                .addKeyValue("life", info.life())
                .addKeyValue("version", info.version())
                .log("a link is open");
        tell(() -> events.connected(peer, info));
    }

    void onMessage(NodeId peer, Lane lane, byte[] bytes, int offset, int length) {
        meters.received(lane);
        try {
            events.received(peer, lane, bytes, offset, length);
        } catch (RuntimeException bug) {
            log(bug);
        }
    }

    /** Each connection that was opened is reported lost once; one that was not is a refusal. */
    void onEnded(Connection connection, LinkLoss loss) {
        NodeId peer = connection.machine().peer();
        if (book.ended(connection, connection.machine())) {
            open.remove(peer);
        }
        if (!connection.opened()) {
            refuse(connection.who(), loss);
            return;
        }
        meters.lost(loss.why(), loss.unsentCount());
        LOG.atInfo()
                .addKeyValue("peer", peer)
                .addKeyValue("reason", loss.why())
                .addKeyValue("text", loss.text())
                .addKeyValue("unsent", loss.unsentCount())
                .log("a link is lost");
        tell(() -> events.lost(peer, loss));
        Dialler dialler = diallers.get(peer);
        if (loss.why() == LinkEnd.RESET && dialler != null && !closing) {
            // Not within the end of the connection: it may be the dialler's own. Whether anybody still listens there is
            // worth knowing at once.
            context.runOnContext(_ -> dialler.lookNow(options.ports().clock().nanos()));
        }
    }

    void onClosed(Connection connection) {
        connections.remove(connection);
        runIfEmpty();
    }

    /** Says goodbye to everybody; {@code whenEmpty} runs when the last socket is closed and the last dial is over. */
    void close(Runnable whenEmpty) {
        closing = true;
        onEmpty = whenEmpty;
        for (Connection connection : List.copyOf(connections)) {
            connection.close(LinkEnd.GOODBYE, "node " + options.self().node() + " stops");
        }
        runIfEmpty();
    }

    private void runIfEmpty() {
        Runnable waiting = onEmpty;
        if (waiting != null && connections.isEmpty() && dialCount == 0) {
            onEmpty = null;
            waiting.run();
        }
    }

    private void refuse(String who, LinkLoss loss) {
        meters.refused(loss.why());
        if (loss.why() != LinkEnd.DUPLICATE && loss.why() != LinkEnd.GOODBYE) {
            refusals.say(who, loss, options.ports().clock().nanos());
        }
        tell(() -> events.refused(who, loss));
    }

    private static void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException bug) {
            log(bug);
        }
    }

    private static void log(RuntimeException bug) {
        LOG.atError().setCause(bug).log("whoever hears of links has failed");
    }
}
