package dev.terrane.server.cli;

import dev.terrane.base.CellId;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.ImageRefusedException;
import dev.terrane.recorder.Recording;
import dev.terrane.recorder.Replay;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.plugins.PluginException;
import dev.terrane.server.recorder.FlightRecorder;
import dev.terrane.server.recorder.Recordings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Carries recorded ticks of a cell out again and says whether they went the same. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Carries what the flight recorder kept of a cell out again, tick by tick and headless, compares state hashes and names the first divergence: tick, entity, field, and both values.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane replay --list                                      what is recorded",
            "  terrane replay --cell skirmish/0,0#0                       all that is recorded last, without a hole",
            "  terrane replay --cell skirmish/0,0#0 --from 1200 --to 1400",
            "  terrane replay --cell skirmish/0,0#0 --from 1200 --to 1400 --export fight.rec",
            "  terrane replay --file fight.rec --json                     somewhere else",
            "",
            "Exit codes: 0 the same, 1 it differs, 2 unusable options, plugins or files, 3 not recorded."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int NOT_RECORDED = 3;
    private static final int DIFFERENCES_SHOWN = 10;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--cell", paramLabel = "W/a,b#l", description = "Whose ticks: world/region#layer.")
    private @Nullable String cell;

    @Option(
            names = "--from",
            paramLabel = "TICK",
            description = "The first tick (default: the first that is recorded).")
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "TICK", description = "The last tick (default: the last that is recorded).")
    private @Nullable Long to;

    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the rings (default: as recorder.dir says).")
    private @Nullable Path dir;

    @Option(names = "--file", paramLabel = "FILE", description = "One file instead, written by --export.")
    private @Nullable Path file;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description =
                    "Writes these ticks, with all a replay needs but the plugins, into one file, and replays them from there.")
    private @Nullable Path export;

    @Option(names = "--list", description = "Says what is recorded, and replays nothing.")
    private boolean list;

    @Option(names = "--json", description = "JSON instead of text: one object, with --list one a line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        TerraneConfig config = options.load().config();
        Path folder = dir == null
                ? FlightRecorder.folder(
                        config.recorder(), Path.of(config.database().dataDir()))
                : dir;
        try {
            return list ? list(folder) : replay(folder, config);
        } catch (IOException e) {
            throw new UnusableException("a recording cannot be read or written: " + e);
        } catch (MalformedBytesException | ImageRefusedException | PluginException e) {
            throw new UnusableException(String.valueOf(e.getMessage()));
        }
    }

    private int list(Path folder) throws IOException {
        ReplayText text = new ReplayText(spec.commandLine().getOut(), json);
        List<CellId> cells = file == null ? Recordings.cells(folder) : List.of();
        boolean any = false;
        for (CellId each : cells) {
            try {
                any |= text.list(Recordings.ofCell(folder, each));
            } catch (MalformedBytesException unreadable) { // of this cell alone
                spec.commandLine().getErr().println("terrane: " + each + ": " + unreadable.getMessage());
            }
        }
        if (file != null) {
            any = text.list(Recordings.ofFile(file));
        }
        if (!any) {
            spec.commandLine().getErr().println("terrane: nothing is recorded in " + (file == null ? folder : file));
        }
        return any ? ExitCode.OK : NOT_RECORDED;
    }

    private int replay(Path folder, TerraneConfig config) throws IOException {
        Recording recording = file != null ? Recordings.ofFile(file) : Recordings.ofCell(folder, wanted());
        Optional<Recording.Stretch> stretch = stretch(recording);
        if (stretch.isEmpty()) {
            spec.commandLine().getErr().println("terrane: " + missing(recording));
            return NOT_RECORDED;
        }
        Recording.Stretch found = stretch.get();
        long first = from == null ? found.firstTick() : from;
        long last = to == null ? found.lastTick() : to;
        if (export != null) {
            byte[] exported = Recording.export(found, first, last);
            Files.write(export, exported);
            found = Recording.of(List.of(exported)).stretches().getFirst();
        }
        try (ReplayProgress progress = new ReplayProgress(spec.commandLine().getErr(), first, last)) {
            Replay.Game game = Recordings.game(found.header(), config.modules());
            Replay.Result result = new Replay(found, game, progress::ticked).run(first, last);
            progress.close();
            return show(result);
        }
    }

    private CellId wanted() {
        if (cell == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "say whose ticks: --cell world/a,b#layer, or --file; --list shows what there is");
        }
        try {
            return Recordings.cell(cell);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private Optional<Recording.Stretch> stretch(Recording recording) {
        if (from != null && to != null && from > to) {
            throw new ParameterException(spec.commandLine(), "--from " + from + " is behind --to " + to);
        }
        List<Recording.Stretch> whole = recording.stretches().stream()
                .filter(each -> each.tickCount() > 0)
                .toList();
        if (from == null && to == null) {
            return whole.isEmpty() ? Optional.empty() : Optional.of(whole.getLast());
        }
        long one = from != null ? from : Optional.ofNullable(to).orElse(0L);
        return recording.holding(one, to == null ? one : to);
    }

    private String missing(Recording recording) {
        String what = file == null ? "cell " + cell : String.valueOf(file);
        if (recording.stretches().isEmpty()) {
            return "nothing is recorded of " + what;
        }
        StringBuilder ticks = new StringBuilder();
        for (Recording.Stretch each : recording.stretches()) {
            ticks.append(ticks.isEmpty() ? "" : ", ")
                    .append(each.firstTick())
                    .append(" to ")
                    .append(each.lastTick());
        }
        return "these ticks of " + what + " are not recorded; there are " + ticks;
    }

    private int show(Replay.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        new ReplayText(out, json).show(result, DIFFERENCES_SHOWN);
        out.flush();
        return result.same() ? ExitCode.OK : ExitCode.FAILED;
    }
}
