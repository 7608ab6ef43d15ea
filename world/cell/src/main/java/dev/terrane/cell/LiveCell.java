package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.plugin.CellSystem;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import java.util.List;

final class LiveCell implements Cell {
    private final CellSpec spec;

    private LiveCell(CellSpec spec) {
        this.spec = spec;
    }

    static Cell open(CellSpec spec, List<PluginModule> plugins, CellPorts ports) {
        throw new UnsupportedOperationException("lands with core/ecs: " + spec + plugins + ports);
    }

    @Override
    public CellId id() {
        return spec.cell();
    }

    @Override
    public long epoch() {
        return spec.epoch();
    }

    @Override
    public Admission offer(long epoch, CellInput message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void tick(long tick, long simulatedAtMillis) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void requestImage() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CellImage image() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long stateHash() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void visit(CellSystem visitor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Phase phase() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long lastTick() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int entityCount() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int avatarCount() {
        throw new UnsupportedOperationException();
    }
}
