package dev.terrane.games.skirmish;

/** Intent, the answer to a deadly one: you have brought somebody down. */
public record KillScored(int points) {}
