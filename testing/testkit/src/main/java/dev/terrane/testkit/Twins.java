package dev.terrane.testkit;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.CellReplay;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.CellTap;
import dev.terrane.cell.CellTaps;
import dev.terrane.cell.DeclaredIntents;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.RunningDraft;
import dev.terrane.cell.RunningImage;
import dev.terrane.cell.TickLog;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInputCodec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A checker: each cell has a twin beside it, made from its running image some ticks ago, that is told what the cell consumes and has to become the same: what it
 * hashes, what it says to others, and all of its running image. Twins are made anew now and then, so that images of many moments are tried.
 */
public final class Twins implements CellTaps {
    private final Supplier<? extends WorldPlugin> plugin;
    private final Map<String, String> options;
    private final int lifeTicks;
    private final List<String> said = new ArrayList<>();
    private long comparedTickCount;
    private long comparedImageCount;

    /** @param lifeTicks after so many ticks a twin makes room for the next */
    public Twins(Supplier<? extends WorldPlugin> plugin, Map<String, String> options, int lifeTicks) {
        this.plugin = plugin;
        this.options = options;
        this.lifeTicks = lifeTicks;
    }

    @Override
    public CellTap open(CellSpec spec) {
        return new Twin(spec);
    }

    public long comparedTickCount() {
        return comparedTickCount;
    }

    public long comparedImageCount() {
        return comparedImageCount;
    }

    private static Record noCommand(CommandEnvelope command) {
        throw new MalformedBytesException("no command of a test waits: " + command.type());
    }

    /** A cell ticks next. */
    void beginCell() {
        said.clear();
    }

    /** The cell that ticks has offered this. */
    void offered(CellId to, CellInput message) {
        said.add(words(to, message));
    }

    private String words(CellId to, CellInput message) {
        ByteWriter out = new ByteWriter(256);
        new CellInputCodec(to.world(), DeclaredIntents.of(List.of(plugin.get()))).write(message, out);
        return to + " " + message.getClass().getSimpleName() + " "
                + HexFormat.of().formatHex(out.array(), 0, out.size());
    }

    /** The twin of one cell. */
    private final class Twin implements CellTap {
        private final CellSpec spec;
        private final List<String> twinSaid = new ArrayList<>();
        private @Nullable CellReplay replay;
        private long bornTick;

        Twin(CellSpec spec) {
            this.spec = spec;
        }

        @Override
        public int hashTicks() {
            return 1;
        }

        @Override
        public void ticked(TickLog log) {
            CellReplay twin = replay;
            if (twin == null) {
                return;
            }
            twinSaid.clear();
            CellReplay.Step step = twin.step(log);
            comparedTickCount++;
            if (!twinSaid.equals(said)) {
                throw differs(
                        log.tick(), "says\n" + String.join("\n", twinSaid) + "\nbut not\n" + String.join("\n", said));
            }
            if (!step.same(log)) {
                throw differs(log.tick(), "went otherwise: " + step + ", offers " + log.answerCount());
            }
            replay = log.failed() ? null : twin;
        }

        @Override
        public boolean baseDue(long tick) {
            return true;
        }

        @Override
        public void base(RunningDraft draft) {
            RunningImage image = draft.finish();
            CellReplay twin = replay;
            if (twin != null) {
                comparedImageCount++;
                String part = twin.image().difference(image);
                if (part != null) {
                    throw differs(image.tick(), "has other " + part);
                }
            }
            if (twin == null || image.tick() - bornTick >= lifeTicks) {
                bornTick = image.tick();
                List<PluginModule> modules = List.of(new PluginModule(plugin.get(), options));
                replay = new CellReplay(
                        spec, image, modules, 1, Twins::noCommand, (to, message) -> twinSaid.add(words(to, message)));
            }
        }

        @Override
        public void interrupted() {
            replay = null;
        }

        private AssertionError differs(long tick, String how) {
            return new AssertionError("the twin of " + spec.cell() + ", born at tick " + bornTick + ", differs at tick "
                    + tick + ": it " + how);
        }
    }
}
