package dev.terrane.protocol.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bent messages between cells: a refusal or a message that can be written again comes out, nothing else. */
class CellMessagesFuzz {
    private static final int CASE_COUNT = 300_000;

    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
    private final CellInputCodec inputs = new CellInputCodec(Messages.WORLD, Messages.BODIES, Messages.COMMANDS);
    private final CellOutputCodec outputs = new CellOutputCodec(Messages.WORLD);
    private final CellFrameCodec frames = new CellFrameCodec(Messages.WORLD);
    private final List<byte[]> honestFrames = new ArrayList<>();
    private final List<byte[]> honestInputs = new ArrayList<>();
    private final List<byte[]> honestOutputs = new ArrayList<>();

    CellMessagesFuzz() {
        ByteWriter out = new ByteWriter(256);
        for (CellInput message : Messages.toCells()) {
            inputs.write(message, out.clear());
            honestInputs.add(out.toBytes());
        }
        for (CellOutput message : Messages.toGateways()) {
            outputs.write(message, out.clear());
            honestOutputs.add(out.toBytes());
        }
        for (int i = 0; i < 8; i++) {
            frames.write(Frames.of(new Rng(i), 24 * i, i, i % 2 == 0), out.clear());
            honestFrames.add(out.toBytes());
        }
    }

    @Test
    void nothingButARefusalComesOutOfBentMessages() {
        System.out.println("CellMessagesFuzz: -Dfuzz.seed=" + seed);
        int refused = 0;
        for (int i = 0; i < CASE_COUNT; i++) {
            Rng rng = new Rng(Rng.mix(seed + i));
            boolean isFrame = rng.chance(0.2f);
            boolean toCell = rng.chance(0.8f);
            List<byte[]> corpus = isFrame ? honestFrames : toCell ? honestInputs : honestOutputs;
            byte[] bytes = bend(corpus.get(rng.nextInt(corpus.size())).clone(), rng);
            try {
                ByteReader in = new ByteReader(bytes);
                ByteWriter again = new ByteWriter(256);
                if (isFrame) {
                    frames.write(frames.read(in), again);
                } else if (toCell) {
                    inputs.write(inputs.read(in), again);
                } else {
                    outputs.write(outputs.read(in), again);
                }
            } catch (MalformedBytesException expected) {
                refused++;
            } catch (RuntimeException | Error bug) {
                throw new AssertionError(
                        "repeat with -Dfuzz.seed=" + seed + ", case " + i + ", bytes "
                                + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 512)),
                        bug);
            }
        }
        assertThat(refused).isBetween(1, CASE_COUNT * 9 / 10);
    }

    private static byte[] bend(byte[] honest, Rng rng) {
        byte[] bytes = honest;
        for (int rest = 1 + rng.nextInt(3); rest > 0 && bytes.length > 0; rest--) {
            int at = rng.nextInt(bytes.length);
            switch (rng.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << rng.nextInt(8));
                case 1 -> bytes[at] = (byte) rng.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) -1);
            }
        }
        return bytes;
    }
}
