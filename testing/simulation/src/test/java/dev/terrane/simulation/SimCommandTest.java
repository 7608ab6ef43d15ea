package dev.terrane.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimCommandTest {
    private static final String SHORT = "60";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Tamper tamper, String... args) {
        out.reset();
        err.reset();
        PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8);
        return SimCommand.run(new SimCommand(toOut, toErr, tamper), args);
    }

    private List<String> outLines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private List<String> errLines() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void sumsGreenSeedsUpInOneJsonObject() {
        int code =
                run(Tamper.HONEST, "--seeds", "3", "--seed", "5", "--workload", "borders", "--ticks", SHORT, "--json");
        assertThat(code).isZero();
        assertThat(outLines()).hasSize(1);
        assertThat(outLines().getFirst())
                .startsWith("{\"workload\":\"borders\",\"seeds\":3,\"from\":5,\"red\":0,")
                .endsWith("}");
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("repeat");
    }

    @Test
    void printsTheOneCommandThatRepeatsTheFirstRedSeed() {
        int code = run(
                BrokenHandoffs.unraised(), "--seeds", "6", "--seed", "1", "--workload", "borders", "--ticks", SHORT);
        assertThat(code).isEqualTo(1);
        List<String> commands =
                errLines().stream().filter(line -> line.contains("./terrane")).toList();
        assertThat(commands).hasSize(1);
        String command = commands.getFirst();
        String[] args = command.substring(command.indexOf("sim ") + 4).trim().split(" ");
        assertThat(run(BrokenHandoffs.unraised(), args)).as(command).isEqualTo(1);
        assertThat(errLines()).filteredOn(line -> line.contains("is red")).hasSize(1);
    }

    @Test
    void playsOneSeedWhenOneIsNamed() {
        assertThat(run(Tamper.HONEST, "--seed", "7", "--ticks", SHORT, "--trace"))
                .isZero();
        assertThat(outLines()).singleElement().asString().startsWith("1 seeds from 7");
        assertThat(errLines()).first().asString().startsWith("Plan[seed=7");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(run(Tamper.HONEST, "--workload", "storms")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("there is no workload 'storms', only mixed, borders, layers, crashes, calm");
        assertThat(run(Tamper.HONEST, "--seeds", "0")).isEqualTo(2);
        assertThat(run(Tamper.HONEST, "--seeds", "2", "--trace")).isEqualTo(2);
    }

    @Test
    void explainsItself() {
        assertThat(run(Tamper.HONEST, "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " "))
                .contains(
                        "--seeds",
                        "--seed",
                        "--workload",
                        "mixed, borders, layers, crashes, calm",
                        "--json",
                        "Exit codes");
    }
}
