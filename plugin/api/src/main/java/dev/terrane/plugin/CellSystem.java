package dev.terrane.plugin;

/** A step of the simulation. Must depend on the cell's state only; an exception stops the cell, which then restarts from its checkpoint. */
@FunctionalInterface
public interface CellSystem {
    void run(CellContext cell);
}
