package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellReplay;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.PluginModule;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.recorder.RecordingHeader;
import dev.terrane.recorder.Replay;
import dev.terrane.server.recorder.Recordings;
import dev.terrane.standby.Reply;
import dev.terrane.standby.StandbyStream;
import dev.terrane.standby.StandbyTwin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes copies that could go on. */
final class Twins {
    private static final int TICKS = 3;

    private Twins() {}

    /** Of a cell that has ticked a few times under its first epoch. */
    static CellReplay of(WorldSetup setup, CellId id) {
        CellSpec spec = new CellSpec(id, 1, 1, setup.world(), setup.settings());
        Replay.Game game = Recordings.game(id.world(), setup.plugins());
        StandbyStream stream =
                new StandbyStream(RecordingHeader.of(spec, Recordings.modules(setup.plugins()), 1), game.codec());
        List<PluginModule> plugins = setup.plugins().stream()
                .map(source -> new PluginModule(source.fresh().get(), source.options()))
                .toList();
        Cell cell = Cell.open(
                spec,
                plugins,
                new CellPorts(
                        (_, _, _) -> Admission.ACCEPTED,
                        (_, _) -> true,
                        CellListener.none(),
                        Meters.none(),
                        () -> 0,
                        _ -> stream));
        StandbyTwin twin = new StandbyTwin(game);
        for (int tick = 1; tick <= TICKS; tick++) {
            cell.tick(tick, tick * 50L);
            List<Reply> replies = new ArrayList<>();
            stream.send(piece -> {
                Reply reply = twin.take(piece);
                if (reply != null) {
                    replies.add(reply);
                }
                return true;
            });
            replies.forEach(stream::on);
        }
        return Objects.requireNonNull(twin.handOver());
    }
}
