package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;

/** Where grants outlive the process and fence older owners. Any thread may call it; calls block. */
public interface GrantStore {
    /** Raises the cell's epoch and takes a fresh incarnation, in one transaction. Checkpoints under lower epochs are refused from now on. */
    CellGrant grant(CellId cell, NodeId owner);
}
