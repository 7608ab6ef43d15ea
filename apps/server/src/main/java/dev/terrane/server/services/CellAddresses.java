package dev.terrane.server.services;

import dev.terrane.base.NodeId;
import dev.terrane.command.CommandResult;

/** From the key of a command to the node whose cell has to carry it out. Any thread; must not block. */
@FunctionalInterface
interface CellAddresses {
    Address find(String key);

    /** Where a command has to go. */
    sealed interface Address {
        /** That node has the cell, as far as is known. */
        record At(NodeId node) implements Address {}

        /** Nobody can say now. */
        record Unknown(String why) implements Address {}

        /** Nobody will ever carry it out. */
        record Never(CommandResult.Refused refusal) implements Address {}
    }
}
