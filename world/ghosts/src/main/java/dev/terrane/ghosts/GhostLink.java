package dev.terrane.ghosts;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;

/** The way to other cells. Never blocks. */
@FunctionalInterface
public interface GhostLink {
    Admission send(CellId to, CellInput message);
}
