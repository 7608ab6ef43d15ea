package dev.terrane.server.recorder;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.DeclaredIntents;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.WorldSchema;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.command.PayloadRefusedException;
import dev.terrane.json.JsonPayloads;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.CommandBodies;
import dev.terrane.recorder.Recording;
import dev.terrane.recorder.RecordingHeader;
import dev.terrane.recorder.Replay;
import dev.terrane.ring.FileRing;
import dev.terrane.server.config.ModuleConfig;
import dev.terrane.server.plugins.PluginLoader;
import dev.terrane.server.plugins.PluginSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds recordings on disk, and the game that was played in them. */
public final class Recordings {
    private static final Pattern CELL = Pattern.compile("([a-z0-9-]{1,32})/(-?\\d{1,9}),(-?\\d{1,9})#(\\d{1,3})");

    private Recordings() {}

    /** @throws IllegalArgumentException for what does not name a cell, as {@code skirmish/2,-1#0} does */
    public static CellId cell(String text) {
        Matcher matcher = CELL.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no cell; it is world/a,b#layer, for example skirmish/0,0#0");
        }
        return new CellId(
                new WorldId(matcher.group(1)),
                new RegionId(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))),
                Integer.parseInt(matcher.group(4)));
    }

    /** Cells that have a ring in this folder. */
    public static List<CellId> cells(Path folder) throws IOException {
        List<CellId> found = new ArrayList<>();
        for (Path world : folders(folder)) {
            for (Path cell : folders(world)) {
                String name = world.getFileName() + "/" + cell.getFileName();
                if (CELL.matcher(name).matches()) {
                    found.add(cell(name));
                }
            }
        }
        found.sort(null);
        return found;
    }

    private static List<Path> folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** What is kept of a cell; nothing when it was never recorded. The server may go on writing. */
    public static Recording ofCell(Path folder, CellId cell) throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (Path file : FileRing.files(FlightRecorder.folderOf(folder, cell))) {
            try {
                files.add(Files.readAllBytes(file));
            } catch (NoSuchFileException _) {
                // It made room for newer ones since they were listed.
            }
        }
        return Recording.of(files);
    }

    public static Recording ofFile(Path file) throws IOException {
        return Recording.of(List.of(Files.readAllBytes(file)));
    }

    /**
     * The game with the options that the recording names.
     *
     * @param modules where plugins of their own are found
     * @throws dev.terrane.server.plugins.PluginException naming the plugin that is not here
     */
    public static Replay.Game game(RecordingHeader header, List<ModuleConfig> modules) {
        List<PluginSource> sources = new ArrayList<>();
        for (RecordingHeader.Module module : header.modules()) {
            PluginSource found =
                    PluginLoader.load(module.name(), modules).worlds().getFirst();
            sources.add(new PluginSource(module.name(), found.fresh(), module.options()));
        }
        return game(header.cell().world(), sources);
    }

    /** The game that is played with these plugins. */
    public static Replay.Game game(WorldId world, List<PluginSource> sources) {
        List<WorldPlugin> plugins =
                sources.stream().map(source -> source.fresh().get()).toList();
        CommandBodies commands = bodies(plugins);
        return new Replay.Game(
                WorldSchema.of(plugins),
                new CellInputCodec(world, DeclaredIntents.of(plugins), commands),
                commands,
                () -> sources.stream()
                        .map(source -> new PluginModule(source.fresh().get(), source.options()))
                        .toList());
    }

    /** The plugins as a header names them. */
    public static List<RecordingHeader.Module> modules(List<PluginSource> sources) {
        return sources.stream()
                .map(source -> new RecordingHeader.Module(source.name(), new TreeMap<>(source.options())))
                .toList();
    }

    private static CommandBodies bodies(List<WorldPlugin> plugins) {
        JsonPayloads json = new JsonPayloads();
        return envelope -> {
            for (WorldPlugin plugin : plugins) {
                for (CommandType<?> type : plugin.commands()) {
                    if (type.name().equals(envelope.type()) && type.version() == envelope.version()) {
                        return decode(json, type, envelope);
                    }
                }
            }
            throw new MalformedBytesException("no plugin here has the command " + envelope.type());
        };
    }

    private static <P extends Record> P decode(JsonPayloads json, CommandType<P> type, CommandEnvelope envelope) {
        try {
            return json.decode(type, envelope.payload());
        } catch (PayloadRefusedException e) {
            throw new MalformedBytesException("a payload of " + type + ": " + e.getMessage());
        }
    }
}
