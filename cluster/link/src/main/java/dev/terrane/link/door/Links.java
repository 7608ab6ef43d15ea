package dev.terrane.link.door;

import dev.terrane.base.NodeId;
import dev.terrane.link.Lane;
import dev.terrane.link.LinkMachine;
import dev.terrane.link.Offered;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's links to the others of its cluster: one connection per pair, encrypted, each side known by its certificate.
 *
 * <p><b>Threading.</b> {@link #offer}, {@link #flush} and {@link #lastHeardNanos} may be called by any thread, also within a tick: they wait
 * for no network. What comes is told to {@code LinkEvents} on the links' own thread.
 *
 * <p><b>Promise.</b> Between two connections nothing is promised: what was underway when a link was lost may have arrived or not.
 */
public final class Links implements AutoCloseable {
    /** What {@link #lastHeardNanos} says of a node to which there is no link. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final FileSystemOptions NO_FILE_CACHE =
            new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);

    private static final long CLOSE_MILLIS_MAX = 2 * LinkLoop.LAST_WORDS_MILLIS_MAX;
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private final Vertx vertx;
    private final ContextInternal context;
    private final NetServer server;
    private final LinkLoop loop;
    private final LinkMeters meters;
    private final ConcurrentHashMap<NodeId, LinkMachine> open;
    private final AtomicBoolean pumpAsked = new AtomicBoolean();
    private final Handler<Void> pump;
    private final String ownName;

    private Links(LinkOptions options, Vertx vertx, LinkTls tls) {
        this.vertx = vertx;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.meters = new LinkMeters(options.ports().meters());
        this.open = new ConcurrentHashMap<>();
        this.ownName = options.self().node().name();
        NetClient client = vertx.createNetClient(tls.client(options.times()));
        this.loop = new LinkLoop(options, context, client, meters, open);
        this.server = vertx.createNetServer(tls.server(options.listen(), options.times()))
                .connectHandler(socket -> loop.greet(socket, null))
                .exceptionHandler(loop::onStranger);
        this.pump = asked -> {
            pumpAsked.set(false);
            loop.pump();
        };
        options.ports().meters().gauge("link_open_connections", open::mappingCount);
        for (Lane lane : Lane.values()) {
            String name = lane.name().toLowerCase(Locale.ROOT);
            options.ports().meters().gauge("link_queue_bytes", () -> queueBytes(lane), "lane", name);
        }
    }

    /**
     * Reads the certificates and listens. Blocks until connections are accepted; call it from a plain thread.
     *
     * @throws IllegalStateException when the certificates cannot be used or the address cannot be listened on
     */
    public static Links open(LinkOptions options) {
        LinkTls tls = LinkTls.read(options.files(), options.self().node());
        LinkTls.prepareServerSide();
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setPreferNativeTransport(true)
                .setFileSystemOptions(NO_FILE_CACHE));
        try {
            Links links = new Links(options, vertx, tls);
            links.listen(options);
            return links;
        } catch (RuntimeException failure) {
            vertx.close().await();
            throw failure;
        }
    }

    private void listen(LinkOptions options) {
        long timerMillis =
                Math.max(1, TimeUnit.NANOSECONDS.toMillis(options.times().heartbeatNanos()) / 4);
        Future<NetServer> listening = context.<NetServer>future(promise -> context.runOnContext(now -> {
            vertx.setPeriodic(timerMillis, tick -> loop.onTimer());
            server.listen().onComplete(promise);
        }));
        try {
            listening.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failure) {
            throw new IllegalStateException(
                    "links of node %s cannot listen on %s: %s"
                            .formatted(ownName, options.listen(), String.valueOf(failure.getMessage())),
                    failure);
        }
        LOG.atInfo()
                .addKeyValue("node", ownName)
                .addKeyValue("host", options.listen().host())
                .addKeyValue("port", port())
                .log("links are listening");
    }

    /** Where other nodes reach this one. */
    public int port() {
        return server.actualPort();
    }

    /**
     * From now on there should be a link to that node: it is dialled whenever there is none. Both nodes of a pair may do so.
     * Another address takes the place of an earlier one. Any thread.
     */
    public void dial(NodeId peer, LinkAddress address) {
        context.runOnContext(now -> loop.dial(peer, address));
    }

    /** Ends the link to that node, if there is one, and dials it no more. Any thread. */
    public void forget(NodeId peer) {
        context.runOnContext(now -> loop.forget(peer, "node " + ownName + " wants no link any more"));
    }

    /**
     * Copies a message into the queue of its lane; it leaves with the next {@link #flush}. Never waits. The bytes stay the caller's.
     *
     * @return false when there is no link to that node, or when the lane is full. A full data lane is the caller's to deal with; a full
     *     control lane ends the link.
     * @throws IllegalArgumentException when the message is longer than its lane takes: a bug
     */
    public boolean offer(NodeId to, Lane lane, byte[] message, int offset, int length) {
        LinkMachine machine = open.get(to);
        Offered offered = machine == null ? Offered.CLOSED : machine.offer(lane, message, offset, length);
        switch (offered) {
            case ACCEPTED -> meters.offered(lane);
            case CLOSED -> meters.closed(lane);
            case FULL -> {
                meters.full(lane);
                if (lane == Lane.CONTROL) {
                    context.runOnContext(now -> loop.endOverflown());
                }
            }
        }
        return offered == Offered.ACCEPTED;
    }

    /** Lets everything that was offered go, one buffer per link. Once per tick; never waits. */
    public void flush() {
        boolean any = false;
        for (LinkMachine machine : open.values()) {
            any |= machine.flush();
        }
        if (any && pumpAsked.compareAndSet(false, true)) {
            context.runOnContext(pump);
        }
    }

    /** When anything last came from that node, in the clock's nanoseconds; {@link #NEVER} while there is no link. */
    public long lastHeardNanos(NodeId peer) {
        LinkMachine machine = open.get(peer);
        return machine == null ? NEVER : machine.lastHeardNanos();
    }

    /** What waits on that lane of the link to that node, heads of frames included; 0 while there is no link. Any thread. */
    public int queueBytes(NodeId peer, Lane lane) {
        LinkMachine machine = open.get(peer);
        return machine == null ? 0 : machine.queueBytes(lane);
    }

    /** Runs on the links' own thread, as all events do. Does not wait; what comes after {@link #close} may never run. Any thread. */
    public void execute(Runnable work) {
        context.runOnContext(now -> work.run());
    }

    /** Says goodbye, closes all sockets and stops. Not from the links' own thread: it waits for it. */
    @Override
    public void close() {
        CompletableFuture<Void> empty = new CompletableFuture<>();
        // The server closes with everything else: on its own it would cut connections before their last words.
        context.runOnContext(now -> loop.close(() -> empty.complete(null)));
        try {
            empty.get(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            LOG.atInfo().addKeyValue("node", ownName).log("a link did not close in time; it is cut");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        vertx.close().await();
    }

    private long queueBytes(Lane lane) {
        long sum = 0;
        for (LinkMachine machine : open.values()) {
            sum += machine.queueBytes(lane);
        }
        return sum;
    }
}
