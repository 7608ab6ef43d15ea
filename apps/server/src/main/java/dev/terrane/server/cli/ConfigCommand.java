package dev.terrane.server.cli;

import dev.terrane.server.config.ConfigDocs;
import dev.terrane.server.config.Origins;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the server would run with, and where each value came from. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Prints the effective configuration with the origin of each value; secrets stay hidden.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane config --config prod.yaml",
            "  terrane config --json",
            "  terrane config --docs > docs/CONFIG.md"
        })
final class ConfigCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--json", description = "One JSON object: key → {value, origin}.")
    private boolean json;

    @Option(names = "--docs", description = "The reference of all keys, as Markdown.")
    private boolean docs;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (docs) {
            out.print(ConfigDocs.markdown());
            out.flush();
            return ExitCode.OK;
        }
        Map<String, Origins.Entry> entries = options.load().origins().entries();
        if (json) {
            JsonText object = new JsonText();
            entries.forEach((key, entry) -> object.object(
                    key, inner -> inner.text("value", entry.shown()).text("origin", entry.origin())));
            out.println(object.end());
            return ExitCode.OK;
        }
        int width = entries.keySet().stream().mapToInt(String::length).max().orElse(1);
        int valueWidth = Math.min(
                44,
                entries.values().stream()
                        .mapToInt(e -> e.shown().length())
                        .max()
                        .orElse(1));
        entries.forEach((key, entry) ->
                out.printf("%-" + width + "s  %-" + valueWidth + "s  %s%n", key, entry.shown(), entry.origin()));
        return ExitCode.OK;
    }
}
