package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.Rng;
import dev.terrane.base.SessionId;
import dev.terrane.gateway.AdmissionAnswer.Admitted;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput.Joined;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A real gateway between clients and cells that only remember, with a clock that is moved by hand. */
final class GatewayFixture {
    static final int GATEWAY = 3;

    final FakeCells cells = new FakeCells();
    final ScriptedCommands commands = new ScriptedCommands();
    final List<Admissions.Request> requests = new ArrayList<>();
    final List<ErrorCode> closed = new ArrayList<>();
    final List<RuntimeException> bugs = new ArrayList<>();
    final GatewayAgent gateway;
    long nowNanos = 1_000_000_000L;
    int wakeCount;

    GatewayFixture() {
        this(GatewaySettings.defaults());
    }

    GatewayFixture(GatewaySettings settings) {
        Rng ids = new Rng(1);
        GatewayPorts ports = new GatewayPorts(
                        cells, (request, answerTo) -> requests.add(request), listener(), Meters.none(), ids::nextLong)
                .with(commands)
                .with(new ConductBook(settings.fairPlay()));
        GatewaySpec spec = new GatewaySpec(GATEWAY, "0.1", settings, List.of(TestWorld.strips(3)), new byte[32]);
        gateway = new GatewayAgent(spec, ports, new GatewayInbox(64, () -> wakeCount++));
        gateway.onTimer(nowNanos, 1_790_000_000_000L);
    }

    private GatewayListener listener() {
        return new GatewayListener() {
            @Override
            public void joined(SessionId session, ConnectionFacts facts, String name, CellId cell, long avatar) {}

            @Override
            public void closed(SessionId session, ConnectionFacts facts, ErrorCode code, String message) {
                closed.add(code);
            }

            @Override
            public void failed(SessionId session, RuntimeException bug) {
                bugs.add(bug);
            }
        };
    }

    /** One connected client. */
    final class Client {
        final FakeLink link = new FakeLink();
        final Session session;
        int seq;

        /** Has yet to say who it is. */
        Client(TokenGate gate) {
            session = gateway.open(link, "10.0.0.7", gate, nowNanos);
        }

        Client(int number) {
            session = gateway.open(link, TestWorld.player(number), nowNanos);
        }

        long id() {
            return session.id().value();
        }

        void say(ClientMessage message) {
            sayBytes(ClientCodec.encode(message));
        }

        void sayBytes(byte[] bytes) {
            gateway.onMessage(session, ByteBuffer.wrap(bytes), nowNanos);
        }

        /** A frame of the transport that is no message. */
        void ping() {
            gateway.spend(session, nowNanos);
        }

        /** Of an older client, which knows no commands. */
        Client hello(String name) {
            return hello(name, 0);
        }

        Client hello(String name, int minor) {
            say(new Hello(ProtocolVersion.MAJOR, minor, "", name, "", "test"));
            return this;
        }

        Client admitted(CellId cell) {
            gateway.inbox().offer(new Admitted(id(), requests.getLast().attempt(), 1, cell, 1, 10, 10));
            gateway.drain(nowNanos);
            return this;
        }

        Client joined(CellId cell, int ackedSeq) {
            gateway.inbox().offer(new Joined(id(), cell, 1, avatar(), 1, ackedSeq));
            gateway.drain(nowNanos);
            seq = ackedSeq;
            return this;
        }

        Client playing(CellId cell) {
            return hello("Ada").admitted(cell).joined(cell, 0);
        }

        long avatar() {
            return id() ^ 1;
        }

        void input() {
            say(inputOf(++seq));
        }

        ErrorCode error() {
            return link.error().code();
        }
    }

    static ClientInput inputOf(int seq) {
        return new ClientInput(seq, seq, seq, 1, 0, 0, 1, 0);
    }

    Client stranger(TokenGate gate) {
        return new Client(gate);
    }

    Client client(int number) {
        return new Client(number);
    }

    /** A frame without slices that shows one avatar, and that the gateway has not come to yet. */
    void queueFrame(CellId cell, long epoch, long tick, Client client, int ownership, int ackedSeq) {
        gateway.inbox().offer(emptyFrame(cell, epoch, tick, client.id(), client.avatar(), ownership, ackedSeq));
    }

    /** The same of all these. */
    void queueFrame(CellId cell, long epoch, long tick, List<Client> clients) {
        gateway.inbox()
                .offer(emptyFrame(
                        cell,
                        epoch,
                        tick,
                        clients.stream().mapToLong(Client::id).toArray(),
                        clients.stream().mapToLong(Client::avatar).toArray(),
                        1,
                        0));
    }

    void frame(CellId cell, long epoch, long tick, Client client, int ownership, int ackedSeq) {
        queueFrame(cell, epoch, tick, client, ownership, ackedSeq);
        gateway.drain(nowNanos);
    }

    static CellFrame emptyFrame(
            CellId cell, long epoch, long tick, long session, long avatar, int ownership, int ackedSeq) {
        return emptyFrame(cell, epoch, tick, new long[] {session}, new long[] {avatar}, ownership, ackedSeq);
    }

    private static CellFrame emptyFrame(
            CellId cell, long epoch, long tick, long[] sessions, long[] avatars, int ownership, int ackedSeq) {
        int count = sessions.length;
        int[] none = {};
        int[] zeros = new int[count];
        return new CellFrame(
                cell,
                epoch,
                tick,
                1_790_000_000_000L + tick * 50,
                1,
                new byte[] {0},
                0,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                count,
                sessions,
                avatars,
                same(count, ownership),
                same(count, ackedSeq),
                new float[count],
                new float[count],
                zeros,
                same(count, 1),
                zeros,
                zeros,
                none,
                new long[0],
                CellFrame.Groups.NONE);
    }

    private static int[] same(int count, int value) {
        int[] all = new int[count];
        Arrays.fill(all, value);
        return all;
    }

    /** Lets time pass in timer steps. */
    void pass(long millis) {
        long end = nowNanos + millis * 1_000_000L;
        while (nowNanos < end) {
            nowNanos = Math.min(end, nowNanos + 50_000_000L);
            gateway.onTimer(nowNanos, 1_790_000_000_000L + nowNanos / 1_000_000L);
        }
    }

    List<CellInput.PlayerInput> inputs() {
        return cells.all(CellInput.PlayerInput.class);
    }
}
