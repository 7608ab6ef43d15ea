package dev.terrane.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The limits of a gateway. Ranges are checked here; the server turns what is thrown into a message with the key. */
public record GatewaySettings(
        Interest interest, Rings rings, Snapshots snapshots, Messages messages, Timeouts timeouts, FairPlay fairPlay) {

    public static GatewaySettings defaults() {
        return new GatewaySettings(
                Interest.defaults(), Rings.defaults(), Snapshots.defaults(), Messages.defaults(), Timeouts.defaults());
    }

    /** With the default policy. */
    public GatewaySettings(Interest interest, Rings rings, Snapshots snapshots, Messages messages, Timeouts timeouts) {
        this(interest, rings, snapshots, messages, timeouts, FairPlay.defaults());
    }

    /** With the default rings. */
    public GatewaySettings(Interest interest, Snapshots snapshots, Messages messages, Timeouts timeouts) {
        this(interest, Rings.defaults(), snapshots, messages, timeouts);
    }

    /**
     * What a session sees.
     *
     * @param radiusMetres chunks that come this near to the avatar are watched
     * @param hysteresisMetres they are watched until they are farther than radius + this: no flicker at the edge
     * @param watchedChunksMax bound of the mirror, all sessions together; what is farther than it allows is not seen, and counted
     */
    public record Interest(double radiusMetres, double hysteresisMetres, int watchedChunksMax) {
        public Interest {
            require(radiusMetres > 0 && radiusMetres <= 10_000, "radiusMetres", radiusMetres, "above 0, up to 10000");
            require(hysteresisMetres >= 0, "hysteresisMetres", hysteresisMetres, "0 or more");
            require(watchedChunksMax >= 16, "watchedChunksMax", watchedChunksMax, "16 or more");
        }

        public static Interest defaults() {
            return new Interest(200, 32, 16_384);
        }
    }

    /**
     * Chunks by distance: ring k is sent every 2^k snapshots.
     *
     * @param shares where each ring ends, of the interest radius: rising, the last 1
     */
    public record Rings(List<Double> shares) {
        /** More would let far things stand still for seconds. */
        public static final int COUNT_MAX = 4;

        public Rings {
            shares = List.copyOf(shares);
            require(!shares.isEmpty() && shares.size() <= COUNT_MAX, "rings", shares.size(), "1 to " + COUNT_MAX);
            double before = 0;
            for (double share : shares) {
                require(share > before && share <= 1, "rings", share, "above the one before, up to 1");
                before = share;
            }
            require(before == 1, "rings", before, "1 at the end");
        }

        public static Rings defaults() {
            return ofEqualWidth(2);
        }

        public static Rings ofEqualWidth(int count) {
            List<Double> shares = new ArrayList<>();
            for (int ring = 1; ring <= count; ring++) {
                shares.add((double) ring / count);
            }
            return new Rings(shares);
        }

        public int count() {
            return shares.size();
        }

        /** @param share distance of the radius */
        int ringAt(double share) {
            for (int ring = 0; ring < shares.size() - 1; ring++) {
                if (share <= shares.get(ring)) {
                    return ring;
                }
            }
            return shares.size() - 1;
        }
    }

    /**
     * What a snapshot may hold (R7).
     *
     * @param bytesMax of the payload; one slice that alone is larger still goes out, alone
     * @param keyframeIntervalSeconds every slice is sent whole so often, one after another
     */
    public record Snapshots(int entitiesMax, int bytesMax, int keyframeIntervalSeconds) {
        public Snapshots {
            require(entitiesMax >= 1, "entitiesMax", entitiesMax, "1 or more");
            require(bytesMax >= 1024 && bytesMax <= 1 << 20, "bytesMax", bytesMax, "1024 to 1048576");
            require(keyframeIntervalSeconds >= 1, "keyframeIntervalSeconds", keyframeIntervalSeconds, "1 or more");
        }

        public static Snapshots defaults() {
            return new Snapshots(500, 16_384, 10);
        }
    }

    /**
     * What a client may send (R4).
     *
     * @param ratePerSecond messages of any kind, over time
     * @param burst messages at once; one more and the connection closes with RATE_LIMITED
     * @param unackedInputsMax inputs kept until their cell has applied them; of who sends them too fast, one more closes with BACKPRESSURE_INPUT, else the oldest are dropped
     */
    public record Messages(int bytesMax, double ratePerSecond, int burst, int unackedInputsMax) {
        public Messages {
            require(bytesMax >= 256 && bytesMax <= 1 << 20, "bytesMax", bytesMax, "256 to 1048576");
            require(ratePerSecond > 0, "ratePerSecond", ratePerSecond, "above 0");
            require(burst >= 1, "burst", burst, "1 or more");
            require(
                    unackedInputsMax >= 8 && unackedInputsMax <= 1024,
                    "unackedInputsMax",
                    unackedInputsMax,
                    "8 to 1024");
        }

        public static Messages defaults() {
            return new Messages(16_384, 60, 120, 64);
        }
    }

    /**
     * How long a gateway is patient.
     *
     * @param hello from the open connection to its Hello
     * @param idle without any message of the client
     * @param join from Hello to Welcome, and from a lost cell to play again
     * @param slowClient congested without a break
     * @param silentCell without a frame for a playing session, before it joins anew
     */
    public record Timeouts(Duration hello, Duration idle, Duration join, Duration slowClient, Duration silentCell) {
        public static Timeouts defaults() {
            return new Timeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2));
        }
    }

    /**
     * What becomes of players who do what no fair one does.
     *
     * @param reportPoints with so many a player is reported; 0: never
     * @param kickPoints with so many its connection is closed; 0: never
     * @param fadePerMinute points that are forgiven
     * @param kickFor how long a kicked character may not come back; at least 10 s, for each kick is a report, too
     */
    public record FairPlay(int reportPoints, int kickPoints, int fadePerMinute, Duration kickFor) {
        public FairPlay {
            require(reportPoints >= 0, "reportPoints", reportPoints, "0 or more");
            require(kickPoints >= 0, "kickPoints", kickPoints, "0 or more");
            require(fadePerMinute >= 1, "fadePerMinute", fadePerMinute, "1 or more");
            require(kickFor.toSeconds() >= 10, "kickFor", kickFor.toSeconds(), "10 seconds or more");
        }

        public static FairPlay defaults() {
            return new FairPlay(30, 0, 10, Duration.ofMinutes(5));
        }
    }

    private static void require(boolean holds, String name, double value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be " + range);
        }
    }
}
