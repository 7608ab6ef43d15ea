package dev.terrane.link;

/**
 * How a connection ended.
 *
 * @param text for people: what was expected and what came
 * @param byPeer whether the other node said so
 * @param unsentCount messages that were accepted and had not been given to the socket by then. What was given to it may be lost as well: a link
 *     does not know what the other node has read.
 */
public record LinkLoss(LinkEnd why, String text, boolean byPeer, int unsentCount) {}
