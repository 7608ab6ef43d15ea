package dev.terrane.games.skirmish;

/** Intent, the answer to a deadly one: you have brought somebody down. @param occasion names this kill among all; empty: nobody pays for it */
public record KillScored(int points, String occasion) {}
