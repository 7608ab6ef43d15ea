package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;

/** What the door is connected to. */
public record HttpPorts(GatewayHouse gateways, DoorKeys keys, ServerReport report, Clock clock, Meters meters) {}
