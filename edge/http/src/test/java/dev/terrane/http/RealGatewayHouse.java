package dev.terrane.http;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.gateway.AdmissionAnswer;
import dev.terrane.gateway.Admissions;
import dev.terrane.gateway.CommandPort;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.gateway.GatewayListener;
import dev.terrane.gateway.GatewayPorts;
import dev.terrane.gateway.GatewaySettings;
import dev.terrane.gateway.GatewaySpec;
import dev.terrane.gateway.SharedBytes;
import dev.terrane.gateway.WorldView;
import dev.terrane.protocol.client.WireSchema;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.SinglePartition;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One real gateway before one pretended cell, which lets everybody in and says the same at every tick. */
final class RealGatewayHouse implements GatewayHouse, CellPort, Admissions {
    private static final WorldId WORLD = new WorldId("test");
    private static final CellId CELL = new CellId(WORLD, RegionId.ORIGIN, 0);
    private static final WireSchema SCHEMA = new WireSchema(List.of(), List.of());

    final List<Long> sessions = new CopyOnWriteArrayList<>();
    private final GatewaySettings settings;
    private volatile @Nullable Gateway gateway;
    private long tick = 1;

    private final CommandPort commands;

    RealGatewayHouse(GatewaySettings settings) {
        this(settings, CommandPort.none());
    }

    RealGatewayHouse(GatewaySettings settings, CommandPort commands) {
        this.settings = settings;
        this.commands = commands;
    }

    @Override
    public int gatewayCount() {
        return 1;
    }

    @Override
    public Gateway build(int number, Runnable wake, SharedBytes.Maker bodies) {
        WorldView world = new WorldView(WORLD, new SinglePartition(512, 512), 64, 20, 20, SCHEMA);
        GatewayPorts ports = new GatewayPorts(
                        this, this, GatewayListener.none(), Meters.none(), new SecureRandom()::nextLong, bodies)
                .with(commands);
        GatewaySpec spec = new GatewaySpec(number, "0.1.0", settings, List.of(world), new byte[32]);
        Gateway built = Gateway.create(spec, ports, wake);
        gateway = built;
        return built;
    }

    Gateway gateway() {
        Gateway built = gateway;
        if (built == null) {
            throw new IllegalStateException("not built yet");
        }
        return built;
    }

    @Override
    public void admit(Request request, GatewayInbox answerTo) {
        answerTo.offer(new AdmissionAnswer.Admitted(request.session(), request.attempt(), 1, CELL, 1, 0, 0));
    }

    @Override
    public Admission offer(CellId cell, long epoch, CellInput message) {
        if (message instanceof CellInput.Join join) {
            sessions.add(join.session());
            gateway().inbox().offer(new CellOutput.Joined(join.session(), CELL, 1, join.session() ^ 1, 1, 0));
        }
        return Admission.ACCEPTED;
    }

    /** Ends the connection of whoever plays under this session, as if its avatar were lost. */
    void cut(long session, CharacterId character) {
        gateway()
                .inbox()
                .offer(new CellOutput.SessionEnded(session, character, CellOutput.SessionEnded.Reason.AVATAR_LOST));
    }

    /** One tick: everybody is told {@code bytes} of events. Any thread. */
    void tick(int bytes) {
        int count = sessions.size();
        long[] session = sessions.stream().mapToLong(Long::longValue).toArray();
        long[] avatar = sessions.stream().mapToLong(id -> id ^ 1).toArray();
        int[] none = {};
        int[] zeros = new int[count];
        int[] ones = filled(count, 1);
        gateway()
                .inbox()
                .offer(new CellFrame(
                        CELL,
                        1,
                        tick++,
                        1_790_000_000_000L,
                        1,
                        new byte[1 + bytes],
                        0,
                        none,
                        none,
                        none,
                        none,
                        none,
                        none,
                        none,
                        count,
                        session,
                        avatar,
                        ones,
                        zeros,
                        new float[count],
                        new float[count],
                        zeros,
                        ones,
                        ones,
                        filled(count, bytes),
                        none,
                        new long[0],
                        CellFrame.Groups.NONE));
    }

    private static int[] filled(int count, int value) {
        int[] values = new int[count];
        Arrays.fill(values, value);
        return values;
    }
}
