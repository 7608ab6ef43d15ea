package dev.terrane.bench.load.cluster;

import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.command.CellKey;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.SelfValues;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import dev.terrane.sdk.ClientListener;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.CommandAnswer;
import dev.terrane.sdk.Input;
import dev.terrane.sdk.TerraneClient;
import dev.terrane.space.Bounds;
import dev.terrane.space.Partition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A player who is always on the way to some point of the world and keeps a diary. Decides on the client's callbacks, sends on the crew's thread. */
final class RoamingBot implements ClientListener {
    private static final double ARRIVED_METRES = 40;
    /** After so many snapshots a point that cannot be reached is given up. */
    private static final int PATIENCE = 300;
    /** Points keep this share of a region's half width from its centre, so that all lie inside. */
    private static final float REACH = 0.6f;

    private final CharacterId character;
    private final Rng rng;
    private final Diary diary = new Diary();
    private final Investors investors;
    private volatile Input wish = Input.NONE;
    private @Nullable TerraneClient client;

    // Touched by callbacks only.
    private Partition partition = Partition.parse("single;width=1;depth=1");
    private Place place = Place.NOWHERE;
    private int connection;
    private double goalX;
    private double goalY;
    private int patience;

    /** Where a position stands among the values. */
    private record Place(int component, int x, int y) {
        static final Place NOWHERE = new Place(-1, -1, -1);

        static Place in(WireLayout layout) {
            List<WireRecord> components = layout.schema().components();
            for (int c = 0; c < components.size(); c++) {
                if (components.get(c).name().equals("kit.position")) {
                    List<String> names = components.get(c).fields().stream()
                            .map(WireField::name)
                            .toList();
                    return new Place(c, names.indexOf("x"), names.indexOf("y"));
                }
            }
            throw new IllegalStateException("this world has no kit.position: nobody can say where a player is");
        }
    }

    /** @param investors hear what it is told of its trades */
    RoamingBot(CharacterId character, Investors investors) {
        this.character = character;
        this.rng = new Rng(Rng.mix(character.value().getLeastSignificantBits()));
        this.investors = investors;
    }

    CharacterId character() {
        return character;
    }

    /** As the books call it. */
    String owner() {
        return new CellKey.OfCharacter(character).toString();
    }

    /** Of its world, as {@code 0,1}; none before it has entered it. */
    List<String> regions() {
        TerraneClient current = client();
        return current == null
                ? List.of()
                : current.partition().stream()
                        .flatMap(known -> known.regions().stream())
                        .map(RegionId::toString)
                        .toList();
    }

    /** @throws IllegalStateException before {@link #connect} */
    CompletableFuture<CommandAnswer> command(String type, int version, String request, byte[] payload) {
        TerraneClient current = client();
        if (current == null) {
            throw new IllegalStateException("not connected");
        }
        return current.command(type, version, request, payload);
    }

    private synchronized @Nullable TerraneClient client() {
        return client;
    }

    Diary diary() {
        return diary;
    }

    synchronized void connect(ClientOptions options) {
        client = TerraneClient.connect(options, this);
    }

    synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    /** Sends this tick's input. */
    void act() {
        TerraneClient current = client();
        if (current != null && diary.lastNews() != null) {
            current.input(wish);
        }
    }

    @Override
    public void opened(TerraneClient opened, Welcome welcome) {
        partition = opened.partition().orElseThrow();
        place = Place.in(opened.layout().orElseThrow());
        connection++;
    }

    @Override
    public void self(SelfValues self, ServerSnapshot snapshot) {
        long nanos = System.nanoTime();
        if (!self.has(place.component)) {
            return;
        }
        RegionId region = new RegionId(snapshot.regionA(), snapshot.regionB());
        double x = partition.originX(region) + self.floatValue(place.component, place.x);
        double y = partition.originY(region) + self.floatValue(place.component, place.y);
        diary.saw(new Sighting(
                nanos,
                connection,
                region + "#" + snapshot.layer(),
                snapshot.cellEpoch(),
                snapshot.tick(),
                snapshot.ackSeq(),
                x,
                y));
        steer(x, y);
    }

    private void steer(double x, double y) {
        patience--;
        double distance = Math.hypot(goalX - x, goalY - y);
        if (patience <= 0 || distance < ARRIVED_METRES) {
            choose();
            distance = Math.max(1, Math.hypot(goalX - x, goalY - y));
        }
        float towardsX = (float) ((goalX - x) / distance);
        float towardsY = (float) ((goalY - y) / distance);
        wish = new Input(towardsX, towardsY, (float) Math.atan2(towardsY, towardsX), 0, 0);
    }

    private void choose() {
        List<RegionId> regions = partition.regions();
        RegionId region = regions.get(rng.nextInt(regions.size()));
        Bounds bounds = partition.bounds(region);
        double half = Math.min(bounds.width(), bounds.height()) / 2;
        goalX = partition.originX(region) + rng.nextFloat(-REACH, REACH) * half;
        goalY = partition.originY(region) + rng.nextFloat(-REACH, REACH) * half;
        patience = PATIENCE;
    }

    @Override
    public void happened(ServerMessage.Event event) {
        investors.happened(event.topic(), event.payload());
    }

    @Override
    public void lost(ErrorCode error, String reason) {
        diary.lost(System.nanoTime());
    }

    @Override
    public void closed(ErrorCode error, String reason) {
        diary.lost(System.nanoTime());
    }
}
