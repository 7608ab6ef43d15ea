package dev.terrane.link.door;

import dev.terrane.link.LinkHello;
import dev.terrane.link.LinkLimits;
import dev.terrane.link.LinkTimes;

/** Everything {@link Links#open} needs. */
public record LinkOptions(
        LinkHello self, LinkAddress listen, LinkFiles files, LinkLimits limits, LinkTimes times, LinkPorts ports) {}
