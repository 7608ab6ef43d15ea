package dev.terrane.placement;

import dev.terrane.base.CellId;

/** Let another worker tick this cell. */
public record Move(CellId cell, int toWorker) {}
