package dev.terrane.sdk;

import dev.terrane.base.Clock;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Command;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.GameMessage;
import dev.terrane.protocol.client.MessageReader;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.Pong;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.client.WireLimits;
import dev.terrane.protocol.client.WireMessage;
import dev.terrane.protocol.client.WireSchemaCodec;
import dev.terrane.space.Partition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One player's client: connection, clock and view put together. It stays the same through hand-offs, lost connections and restarts of
 * the server, until it is closed or refused for good.
 *
 * <p><b>Threading.</b> Any thread may send, steer, ask where the own avatar is, close and read stats. Entities belong to the callbacks of {@link ClientListener}.
 */
public final class TerraneClient implements AutoCloseable {
    private static final String CLIENT_NAME = "terrane-java/0.1.0";
    /** A moment is named by its last bits, so that a float has room for the fraction. */
    private static final int VIEW_TICK_MASK = 0xffff;

    private static final double NANOS_PER_MILLI = 1e6;

    private final ClientOptions options;
    private final ClientListener listener;
    private final Clock time;
    private final Connection connection;
    private final ServerClock serverClock = new ServerClock();
    private final MessageReader reader = new MessageReader(WireLimits.FROM_SERVER);

    private final CommandBook commands =
            new CommandBook(this::send, () -> ThreadLocalRandom.current().nextDouble());
    private final ToldEvents toldEvents = new ToldEvents();

    private volatile ClientState state = ClientState.CONNECTING;
    private String resumeToken = "";
    private @Nullable View view;
    private @Nullable Welcome welcome;
    private @Nullable WireLayout layout;
    private @Nullable Partition partition;
    private boolean welcomedOnce;
    private int nextSeq = 1;
    private int tick;
    private long receivedBytes;
    private long snapshotCount;
    private int reconnectCount;
    private final OwnAvatar avatar;
    private final Steersman steersman;

    private TerraneClient(ClientOptions options, ClientListener listener, Clock time) {
        this.options = options;
        this.listener = listener;
        this.time = time;
        this.connection = new Connection(options, WireLimits.FROM_SERVER.frameBytesMax(), new Events());
        this.avatar = new OwnAvatar(new Wheel(), serverClock);
        this.steersman = new Steersman(this, avatar, options, connection::turn, listener::notPredicted);
    }

    /**
     * Starts to connect; {@link ClientListener#opened} tells when it has.
     *
     * @throws IllegalArgumentException when it is to be a guest, and nothing says where to get a token
     */
    public static TerraneClient connect(ClientOptions options, ClientListener listener) {
        if (options.isGuest()) {
            options.guestUrl(0); // says now what is missing, and not at each attempt
        }
        TerraneClient client = new TerraneClient(options, listener, Clock.system());
        client.connection.open();
        return client;
    }

    /**
     * A client without a socket: its owner hands in by {@link #receive} what arrived some other way, and it sends nothing. For tests and for bots that bring
     * their own socket.
     *
     * @param time a Pong that is handed in sets the server's clock against it
     */
    public static TerraneClient unconnected(ClientOptions options, ClientListener listener, Clock time) {
        return new TerraneClient(options, listener, time);
    }

    public ClientState state() {
        return state;
    }

    public String name() {
        return options.name();
    }

    /**
     * Numbers and sends one input, to be applied in its turn; call it once per simulation tick. Whoever wants to see at once what it does, {@link #steer}s.
     *
     * @return its number, or 0 when not connected or when the connection is stuck
     */
    public synchronized int input(Input input) {
        return send(0, input);
    }

    /**
     * Asks for an input for each simulation tick, so long before it as the way to the server takes, and sends it. What it will do to the own avatar shows at
     * once: see {@link #sampleSelf}. It lasts through reconnects, until the client is over. One reader at a time: the newest.
     *
     * <p>The reader is called as listeners are, never at the same time as they, on a thread that the process shares for delayed work, or on that of whoever asks
     * for {@link #sampleSelf}. It must not wait, nor want a lock that is held by somebody who calls this client. If it throws, steering ends.
     *
     * @return what ends it
     */
    public synchronized Runnable steer(Supplier<Input> reader) {
        return steersman.steer(reader);
    }

    /**
     * Where the own avatar is now, ahead of the server; for each frame that is drawn. Any thread may ask, and waits while a message is being read. Empty while
     * it is not predicted: not steered, or a world without a movement rule.
     */
    public synchronized Optional<Sample> sampleSelf() {
        return Optional.ofNullable(avatar.sample());
    }

    /** The moment of {@link #sampleSelf}, in ticks with their fraction: at whole numbers it is the state after that tick. */
    public synchronized double selfTick() {
        return avatar.drawnTick();
    }

    /** The own avatar's fields after the last input; empty while they are not predicted. */
    public synchronized Optional<Predicted> predicted() {
        return Optional.ofNullable(avatar.predicted());
    }

    /** Number of the last input that was sent; 0: none yet. */
    public synchronized int lastSeq() {
        return nextSeq - 1;
    }

    /** Sends a game message; false when not connected. */
    public boolean message(int type, int requestId, byte[] payload) {
        return state == ClientState.OPEN && send(new GameMessage(type, requestId, payload));
    }

    /** Asks for something durable under a request id of its own; see {@link #command(String, int, String, byte[])}. */
    public CompletableFuture<CommandAnswer> command(String type, byte[] payload) {
        return command(type, 1, UUID.randomUUID().toString(), payload);
    }

    /**
     * Asks for something durable: it is carried out exactly once, however often the connection or the server breaks in between. It is asked for again after each reconnect, and for
     * about a minute when the server is busy. The future is completed as listeners are called: what hangs on it must not wait.
     *
     * @param requestId 1 to 64 visible ASCII characters, never used for another command; the one of an earlier try goes on with it
     * @param payload JSON, at most 8 KiB; not to be changed afterwards
     * @return fails with {@link CommandLostException} if the client is closed before the result comes
     * @throws IllegalArgumentException for what is no command
     */
    public synchronized CompletableFuture<CommandAnswer> command(
            String type, int version, String requestId, byte[] payload) {
        return commands.add(new Command(type, version, requestId, payload), nowMillis());
    }

    /** Commands without a result yet. */
    public synchronized int pendingCommandCount() {
        return commands.pendingCount();
    }

    /** Everything in view. Inside callbacks only. */
    public Collection<Entity> entities() {
        return view == null ? List.of() : view.entities();
    }

    /** How values are addressed; empty before the first Welcome. */
    public synchronized Optional<WireLayout> layout() {
        return Optional.ofNullable(layout);
    }

    public synchronized Optional<Partition> partition() {
        return Optional.ofNullable(partition);
    }

    /** What the server said about itself and the world; empty before the first Welcome. */
    public synchronized Optional<Welcome> welcome() {
        return Optional.ofNullable(welcome);
    }

    public synchronized ClientStats stats() {
        return new ClientStats(
                serverClock.rttMillis(),
                serverClock.jitterMillis(),
                serverClock.offsetMillis(),
                tick,
                view == null ? 0 : view.entities().size(),
                receivedBytes,
                snapshotCount,
                view == null ? 0 : view.stalenessTicks(),
                reconnectCount,
                avatar.stats());
    }

    @Override
    public void close() {
        connection.close("closed by the player");
    }

    /**
     * Takes a whole message in. Everything a client knows changes here, and only here. Connections call it; so does the owner of an {@link #unconnected} client.
     *
     * @throws MalformedBytesException if it makes no sense: the connection has to be made anew
     */
    public synchronized void receive(byte[] bytes, int length) {
        double nowMillis = nowMillis();
        receivedBytes += length;
        switch (reader.read(bytes, 0, length)) {
            case Welcome message -> welcomed(message);
            case ServerInfo message -> listener.moved(message);
            case ServerSnapshot message -> snapshot(message, nowMillis, length);
            case ServerError message -> {
                connection.noteError(message);
                listener.error(message);
            }
            case GameMessage message -> listener.message(message);
            case Ping message -> send(new Pong(message.sentAtMillis(), 0));
            case Pong message ->
                listener.roundTrip(serverClock.pong(message.sentAtMillis(), message.serverTimeMillis(), nowMillis));
            case ServerMessage.CommandResult message -> commands.result(message, nowMillis);
            case ServerMessage.Event message -> {
                if (toldEvents.add(message.id())) {
                    listener.happened(message);
                }
            }
            case ServerMessage.Unrecognised _ -> {}
        }
    }

    private void welcomed(Welcome message) {
        if (view != null) {
            view.abandon();
        }
        welcome = message;
        layout = new WireLayout(WireSchemaCodec.decode(message.schema()));
        partition = Partition.parse(message.partition());
        view = new View(layout, partition, message.simulationHz(), listener, avatar);
        resumeToken = message.resumeToken();
        nextSeq = message.nextSeq();
        serverClock.reset();
        reconnectCount += welcomedOnce ? 1 : 0;
        welcomedOnce = true;
        state = ClientState.OPEN;
        connection.welcomed();
        steersman.welcomed(
                new OwnAvatar.World(layout, partition, message.simulationHz(), this::entities), message.world());
        commands.opened(message.minor() >= ProtocolVersion.COMMANDS_SINCE_MINOR, nowMillis());
        pingIfDue();
        listener.opened(this, message);
        steersman.opened();
    }

    private void snapshot(ServerSnapshot snapshot, double nowMillis, int length) {
        View current = view;
        if (current == null) {
            throw new MalformedBytesException("a snapshot came before Welcome");
        }
        tick = snapshot.tick();
        snapshotCount++;
        avatar.snapshot(snapshot);
        current.apply(snapshot, nowMillis + serverClock.offsetMillis());
        pingIfDue();
        listener.snapshot(snapshot, length);
    }

    private void pingIfDue() {
        double now = nowMillis();
        if (state == ClientState.OPEN && serverClock.pingDue(now)) {
            send(new Ping(now));
        }
    }

    /** @param forTick 0: in its turn */
    private int send(int forTick, Input input) {
        if (state != ClientState.OPEN) {
            return 0;
        }
        pingIfDue();
        int seq = nextSeq;
        boolean sent = send(new ClientInput(
                seq,
                forTick,
                tick & VIEW_TICK_MASK, // what a program aims at is where it was told that others are
                Math.clamp(input.moveX(), -1, 1),
                Math.clamp(input.moveY(), -1, 1),
                input.aim(),
                input.held(),
                input.pressed()));
        if (!sent) {
            return 0;
        }
        nextSeq++;
        return seq;
    }

    private boolean send(WireMessage message) {
        return connection.send(ClientCodec.encode(message));
    }

    private double nowMillis() {
        return time.nanos() / NANOS_PER_MILLI;
    }

    private final class Wheel implements OwnAvatar.Line {
        @Override
        public double nowMillis() {
            return TerraneClient.this.nowMillis();
        }

        @Override
        public boolean send(int forTick, Input input) {
            return TerraneClient.this.send(forTick, input) != 0;
        }

        @Override
        public void steered(int forTick, Input input) {
            listener.steered(forTick, input);
        }

        @Override
        public void corrected(Correction correction) {
            listener.corrected(correction);
        }
    }

    private final class Events implements Connection.Events {
        @Override
        public void connected(String token) {
            send(new Hello(
                    ProtocolVersion.MAJOR,
                    ProtocolVersion.MINOR,
                    options.world(),
                    options.name(),
                    resumeToken,
                    CLIENT_NAME,
                    token));
        }

        @Override
        public void message(byte[] bytes, int length) {
            receive(bytes, length);
        }

        @Override
        public void beat() {
            synchronized (TerraneClient.this) {
                pingIfDue();
                commands.beat(nowMillis());
            }
        }

        @Override
        public void lost(ErrorCode error, String reason) {
            synchronized (TerraneClient.this) {
                state = welcomedOnce ? ClientState.RECONNECTING : ClientState.CONNECTING;
                if (error == ErrorCode.RESUME_REFUSED) {
                    resumeToken = "";
                }
                commands.lost(nowMillis());
                listener.lost(error, reason);
            }
        }

        @Override
        public void closed(ErrorCode error, String reason) {
            synchronized (TerraneClient.this) {
                state = ClientState.CLOSED;
                steersman.close();
                commands.closed(reason);
                listener.closed(error, reason);
            }
        }
    }
}
