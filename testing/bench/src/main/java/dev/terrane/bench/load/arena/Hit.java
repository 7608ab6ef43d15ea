package dev.terrane.bench.load.arena;

/** Intent: you were shot at, and it met. */
public record Hit(float damage) {}
