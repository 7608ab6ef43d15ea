package dev.terrane.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ClusterWarmCommandTest {
    private final StringWriter err = new StringWriter();

    @Test
    void refusesToLearnWhereNothingIsPlayedBeforeAnythingIsStarted() {
        assertThat(warm("--seconds", "2")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString()).contains("20 players for 2 seconds teach nothing");
        assertThat(warm("--players", "0")).isEqualTo(ExitCode.UNUSABLE);
    }

    /** As these tests are run. */
    @Test
    void saysThatOfClassesInFoldersNothingCanBeKept() {
        assertThat(warm()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString()).contains("folders of classes").contains("./terrane cluster warm");
    }

    private int warm(String... options) {
        CommandLine line = Main.commandLine().setErr(new PrintWriter(err));
        String[] words = new String[2 + options.length];
        words[0] = "cluster";
        words[1] = "warm";
        System.arraycopy(options, 0, words, 2, options.length);
        return line.execute(words);
    }
}
