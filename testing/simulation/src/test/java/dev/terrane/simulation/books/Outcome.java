package dev.terrane.simulation.books;

import dev.terrane.command.CommandResult;

/** What a service has recorded of a command. */
record Outcome(long payloadHash, CommandResult result) {}
