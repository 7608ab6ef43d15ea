package dev.terrane.testkit;

import dev.terrane.base.CellId;

/** An event that a system emitted. */
record Emission(long tick, CellId cell, Record event) {}
