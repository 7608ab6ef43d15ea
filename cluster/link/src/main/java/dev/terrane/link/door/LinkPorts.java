package dev.terrane.link.door;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.link.LinkEvents;

/** What links need of the house, and whom they tell. */
public record LinkPorts(Clock clock, Meters meters, LinkEvents events) {}
