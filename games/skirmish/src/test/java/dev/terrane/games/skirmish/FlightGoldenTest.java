package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * 10,000 ticks of crafts that are steered by chance and thrown about: {@code rule/test/fleet.ts} does the same in TypeScript, and both have to find the
 * hashes of {@code rule/golden/flight.json}. After a wanted change of the rule run this test with {@code -Dgolden.write=true}.
 */
class FlightGoldenTest {
    private static final Path FILE = Path.of("rule/golden/flight.json");
    private static final String PARTITION = "hex;columns=1;rows=1;radius=256.0";
    private static final int SEED = 20_261_123;
    private static final int CRAFT_COUNT = 16;
    private static final int TICK_COUNT = 10_000;
    private static final int HASH_EVERY_TICKS = 100;

    private final Crafts crafts = new Crafts(Partition.parse(PARTITION));
    private final float[][] solids = new float[CRAFT_COUNT][];
    private int seed = SEED;
    private int hash;

    @Test
    void fliesAsInTypeScript() throws IOException {
        for (int i = 0; i < CRAFT_COUNT; i++) {
            if (isDrone(i)) {
                crafts.drone();
                crafts.set(i, Vitals.SHIP_FULL);
            } else {
                crafts.ship();
            }
        }
        StringBuilder hashes = new StringBuilder();
        for (int tick = 1; tick <= TICK_COUNT; tick++) {
            tick();
            if (tick % HASH_EVERY_TICKS == 0) {
                hashes.append(hashes.isEmpty() ? "" : ",\n")
                        .append('"')
                        .append(HexFormat.of().toHexDigits(hash))
                        .append('"');
            }
        }
        String json = """
                {"partition": "%s", "seed": %d, "crafts": %d, "ticks": %d, "every": %d, "hashes": [
                %s
                ]}
                """.formatted(PARTITION, SEED, CRAFT_COUNT, TICK_COUNT, HASH_EVERY_TICKS, hashes);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(FILE, json);
        }
        assertThat(json).isEqualTo(Files.readString(FILE));
    }

    private static boolean isDrone(int craft) {
        return craft % 4 == 3;
    }

    private void tick() {
        for (int i = 0; i < CRAFT_COUNT; i++) {
            steer(i);
            solids[i] = inTheWay(i);
        }
        crafts.fly(1);
        for (int i = 0; i < CRAFT_COUNT; i++) {
            if (solids[i].length > 0) {
                crafts.bounce(i, solids[i]);
            }
        }
        for (int i = 0; i < CRAFT_COUNT; i++) {
            addAll(i);
        }
    }

    private void steer(int craft) {
        int dice = next();
        if ((dice & 31) == 0) {
            crafts.set(craft, new Controls((float) share(), (float) share(), (float) (share() * 1000), next() & 15, 0));
        }
        if ((dice & 1023) == 1) {
            boolean alive = crafts.get(craft, Vitals.class).hull() != 0;
            crafts.set(craft, new Vitals(0, 0, alive ? 0 : 120, 0));
        }
        if ((dice & 2047) == 2) {
            crafts.set(craft, new Position((float) (share() * 320), (float) (share() * 320), 0));
            crafts.set(craft, new Velocity((float) (share() * 100), (float) (share() * 100)));
            crafts.set(craft, new Heading((float) share()));
        }
        if ((dice & 8191) == 3) {
            Controls was = crafts.get(craft, Controls.class);
            crafts.set(craft, new Controls(was.moveX(), was.moveY(), Float.NaN, was.held(), 0));
        }
    }

    /** Now and then two rocks. */
    private float[] inTheWay(int craft) {
        if ((next() & 15) != 4) {
            return new float[0];
        }
        Position at = crafts.get(craft, Position.class);
        float[] rocks = new float[6];
        for (int i = 0; i < rocks.length; i += 3) {
            rocks[i] = (float) (at.x() + share() * 16);
            rocks[i + 1] = (float) (at.y() + share() * 16);
            rocks[i + 2] = (float) (8 + share() * 4);
        }
        return rocks;
    }

    private void addAll(int craft) {
        if (!isDrone(craft)) {
            add(crafts.get(craft, Pilot.class).energy());
        }
        add(crafts.get(craft, Heading.class).yaw());
        Velocity velocity = crafts.get(craft, Velocity.class);
        add(velocity.x());
        add(velocity.y());
        Position position = crafts.get(craft, Position.class);
        add(position.x());
        add(position.y());
    }

    private void add(float value) {
        hash = (Integer.rotateLeft(hash, 5) ^ Float.floatToRawIntBits(value)) * 0x9e3779b1;
    }

    /** -1 to 1 in steps that a float has. */
    private double share() {
        return ((next() >>> 8) - 0x800000) / (double) 0x800000;
    }

    private int next() {
        seed ^= seed << 13;
        seed ^= seed >>> 17;
        seed ^= seed << 5;
        return seed;
    }
}
