package dev.terrane.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The golden flight is written by the TypeScript client's {@code steering.golden.test.ts}, where steering is also tried over simulated links. */
class SteeringGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/steering.json");

    @Test
    void asksSendsPredictsAndCorrectsAsTypeScriptDoes() throws IOException {
        List<GoldenLine> lines = Files.readAllLines(GOLDEN).stream()
                .filter(line -> line.startsWith("{"))
                .map(GoldenLine::new)
                .toList();
        assertThat(lines).hasSizeGreaterThan(700);
        GoldenHelm helm = new GoldenHelm(lines.getFirst());
        for (GoldenLine line : lines.subList(1, lines.size())) {
            helm.at(line);
            switch (line.word("do")) {
                case "pong" -> helm.clock.pong(line.number("sentAt"), line.number("serverTime"), line.number("at"));
                case "margin" -> helm.steering.margin(line.number("millis"));
                case "reset" -> helm.reset();
                case "snapshot" -> hear(helm, line);
                case "frame" -> draw(helm, line);
                default -> throw new AssertionError("nobody knows how to do " + line);
            }
        }
    }

    private static void hear(GoldenHelm helm, GoldenLine line) {
        Correction correction = helm.hear(line);
        assertThat(correction != null).as(line.text()).isEqualTo(line.has("corrected"));
        if (correction != null) {
            assertThat(correction.metres()).as(line.text()).isEqualTo(line.number("corrected"));
            assertThat(correction.teleport()).as(line.text()).isEqualTo(line.truth("teleport"));
            assertThat(correction.tick()).as(line.text()).isEqualTo(line.integer("tick"));
        }
    }

    private static void draw(GoldenHelm helm, GoldenLine line) {
        double[] wish = line.numbers("wish");
        helm.wish = new Input((float) wish[0], (float) wish[1], (float) wish[2], (int) wish[3], (int) wish[4]);
        helm.sent = null;
        Sample shown = helm.steering.sample();
        Input sent = helm.sent;
        assertThat(sent != null).as(line.text()).isEqualTo(line.has("sent"));
        if (sent != null) {
            assertThat(helm.sentTick).as(line.text()).isEqualTo(line.integer("sent"));
            assertThat(bits(sent)).as(line.text()).isEqualTo(line.bits("input"));
        }
        if (line.has("predicted")) {
            assertThat(helm.predicted()).as(line.text()).isEqualTo(line.bits("predicted"));
        }
        assertThat(shown != null).as(line.text()).isEqualTo(line.has("x"));
        if (shown != null) {
            Sample told = new Sample(
                    line.number("x"),
                    line.number("y"),
                    line.number("z"),
                    line.number("heading"),
                    line.truth("extrapolated"));
            assertThat(shown).as(line.text()).isEqualTo(told);
        }
        assertThat(helm.steering.drawnTick()).as(line.text()).isEqualTo(line.number("drawn"));
        assertThat(helm.steering.reserveMillis()).as(line.text()).isEqualTo(line.number("reserve"));
    }

    private static int[] bits(Input input) {
        return new int[] {
            Float.floatToRawIntBits(input.moveX()),
            Float.floatToRawIntBits(input.moveY()),
            Float.floatToRawIntBits(input.aim()),
            input.held(),
            input.pressed()
        };
    }
}
