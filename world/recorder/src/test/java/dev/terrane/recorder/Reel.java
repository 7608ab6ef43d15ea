package dev.terrane.recorder;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.CellTap;
import dev.terrane.cell.CellTaps;
import dev.terrane.cell.DeclaredIntents;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.TickLog;
import dev.terrane.cell.WorldSchema;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.protocol.cluster.CellInputCodec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Records all cells of a world into memory, one recording each, as the server does into files. */
final class Reel implements CellTaps {
    private final Supplier<? extends WorldPlugin> plugin;
    private final Map<String, String> options;
    private final int hashTicks;
    private final int baseTicks;
    private final SortedMap<CellId, Take> takes = new TreeMap<>();

    private record Take(CellSpec spec, CellRecorder recorder, ByteWriter bytes) {}

    Reel(Supplier<? extends WorldPlugin> plugin, Map<String, String> options, int hashTicks, int baseTicks) {
        this.plugin = plugin;
        this.options = options;
        this.hashTicks = hashTicks;
        this.baseTicks = baseTicks;
    }

    @Override
    public CellTap open(CellSpec spec) {
        CellRecorder recorder = new CellRecorder(hashTicks, baseTicks);
        ByteWriter bytes = new ByteWriter(1 << 16);
        try (RecordingWriter writer = new RecordingWriter(codec(spec.cell()))) {
            append(bytes, writer.magic());
            RecordingHeader.Module module =
                    new RecordingHeader.Module(plugin.get().name(), new TreeMap<>(options));
            append(bytes, writer.header(RecordingHeader.of(spec, List.of(module), hashTicks)));
        }
        takes.put(spec.cell(), new Take(spec, recorder, bytes));
        return recorder;
    }

    private CellInputCodec codec(CellId cell) {
        return new CellInputCodec(cell.world(), DeclaredIntents.of(List.of(plugin.get())));
    }

    private static void append(ByteWriter bytes, RecordingWriter writer) {
        bytes.raw(writer.bytes(), 0, writer.size());
    }

    /** As the writer thread does now and then. */
    void drain() {
        for (Take take : takes.values()) {
            try (RecordingWriter writer = new RecordingWriter(codec(take.spec().cell()))) {
                take.recorder().drain(new CellRecorder.Reader() {
                    @Override
                    public void ticked(TickLog log) {
                        append(take.bytes(), writer.tick(log));
                    }

                    @Override
                    public void base(CellRecorder.Base base) {
                        append(take.bytes(), writer.base(base.draft().finish(), base.continues()));
                    }
                });
            }
        }
    }

    List<CellId> cells() {
        return List.copyOf(takes.keySet());
    }

    private Take take(CellId cell) {
        return Objects.requireNonNull(takes.get(cell), "no cell " + cell);
    }

    long lostCount(CellId cell) {
        return take(cell).recorder().lostCount();
    }

    byte[] bytes(CellId cell) {
        return take(cell).bytes().toBytes();
    }

    Replay.Game game(CellId cell) {
        return new Replay.Game(
                WorldSchema.of(List.of(plugin.get())),
                codec(cell),
                command -> {
                    throw new MalformedBytesException("no command was sent: " + command.type());
                },
                () -> List.of(new PluginModule(plugin.get(), options)));
    }

    Replay.Result replay(CellId cell, byte[] bytes) {
        Recording.Stretch stretch = Recording.of(List.of(bytes)).stretches().getLast();
        return new Replay(stretch, game(cell), tick -> {}).run(stretch.firstTick(), stretch.lastTick());
    }
}
