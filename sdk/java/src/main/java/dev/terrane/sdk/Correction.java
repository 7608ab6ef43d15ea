package dev.terrane.sdk;

/**
 * By how much a prediction was wrong.
 *
 * @param tick of the server's word that told
 * @param metres from where the avatar was drawn to where it has turned out to be
 * @param teleport it was put elsewhere: it is drawn there at once
 */
public record Correction(int tick, double metres, boolean teleport) {}
