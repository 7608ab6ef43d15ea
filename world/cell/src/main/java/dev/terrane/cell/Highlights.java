package dev.terrane.cell;

/** What matters most to each driver: told to gateways with the frames. */
final class Highlights {
    void add(long avatar, long entityId) {}
}
