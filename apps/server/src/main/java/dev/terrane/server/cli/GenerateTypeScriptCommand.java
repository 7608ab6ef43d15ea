package dev.terrane.server.cli;

import dev.terrane.json.JsonTree;
import dev.terrane.server.plugins.PluginException;
import dev.terrane.server.types.TypeScriptModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the types of a game for {@code @terrane/client}. */
@Command(
        name = "ts",
        mixinStandardHelpOptions = true,
        description =
                "Writes one TypeScript file with the types of a game, for @terrane/client: components, events, buttons, durable commands and events.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane generate ts --world http://127.0.0.1:8080 --out src/game.ts",
            "  terrane generate ts --world https://play.example --world-name skirmish --out src/game.ts",
            "  terrane generate ts --world target/my-game.jar --out src/game.ts",
            "  terrane generate ts --world target/my-game.jar --out src/game.ts --check     is it still right?",
            "",
            "The same types give the same bytes, whichever way they came.",
            "",
            "Exit codes: 0 written, or as it should be, 1 --check: the file differs, 2 unusable options, server or plugin."
        })
final class GenerateTypeScriptCommand implements Callable<Integer> {
    @Option(
            names = "--world",
            required = true,
            paramLabel = "URL|JAR",
            description =
                    "A running server, http:// or https://, or the jar of a plugin, which is loaded, not started.")
    private String world = "";

    @Option(
            names = "--world-name",
            paramLabel = "NAME",
            description = "Which world of the server, or which game of the jar, where there are several.")
    private @Nullable String name;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out = Path.of("");

    @Option(names = "--check", description = "Writes nothing, and says by the exit code whether the file is right.")
    private boolean check;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        JsonTree types = types();
        try {
            String text = TypeScriptModule.of(types);
            return check ? compare(text) : write(text);
        } catch (IllegalArgumentException e) {
            throw new UnusableException(world + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UnusableException(out + " cannot be " + (check ? "read" : "written") + ": " + e.getMessage());
        }
    }

    private JsonTree types() throws InterruptedException {
        try {
            return world.matches("https?://.*")
                    ? new WorldTypesAtServer(world).read(name)
                    : WorldTypesInJar.read(Path.of(world), name);
        } catch (PluginException | IllegalArgumentException e) {
            throw new UnusableException(String.valueOf(e.getMessage()));
        }
    }

    private int write(String text) throws IOException {
        Path folder = out.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(out, text);
        spec.commandLine().getOut().println(out + " is written");
        return ExitCode.OK;
    }

    private int compare(String text) throws IOException {
        String command = "terrane generate ts --world " + world + (name == null ? "" : " --world-name " + name)
                + " --out " + out;
        if (!Files.exists(out)) {
            spec.commandLine().getErr().println("terrane: there is no " + out + "; run: " + command);
            return ExitCode.FAILED;
        }
        String there = Files.readString(out).replace("\r\n", "\n");
        if (there.equals(text)) {
            return ExitCode.OK;
        }
        String[] old = there.split("\n", -1);
        String[] fresh = text.split("\n", -1);
        int line = 0;
        while (line < Math.min(old.length, fresh.length) && old[line].equals(fresh[line])) {
            line++;
        }
        spec.commandLine()
                .getErr()
                .println("terrane: " + out + " is not what the game declares, from line " + (line + 1) + " on; run: "
                        + command);
        return ExitCode.FAILED;
    }
}
