package dev.terrane.plugin;

/** A place in the world's plane, in metres. */
public record WorldPosition(double x, double y) {}
