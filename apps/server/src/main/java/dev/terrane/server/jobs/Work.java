package dev.terrane.server.jobs;

import dev.terrane.command.CommandResult;

/** What is done for one type of command. */
@FunctionalInterface
interface Work {
    /** @throws Exception it is tried again, a few times */
    CommandResult carryOut(RunDraft run, Record payload) throws Exception;
}
