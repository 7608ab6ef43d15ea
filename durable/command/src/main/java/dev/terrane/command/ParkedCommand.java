package dev.terrane.command;

/**
 * A command that waits beside the row, because its handler threw or because one before it with the same key is parked.
 *
 * @param attemptCount how often it was tried; 0: it stands behind another
 * @param why what its handler threw last; empty if it only stands behind
 */
public record ParkedCommand(long offset, CommandEnvelope command, int attemptCount, String why) {}
