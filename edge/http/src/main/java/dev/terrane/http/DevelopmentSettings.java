package dev.terrane.http;

import dev.terrane.conditions.LinkConditions;

/**
 * What is for development only.
 *
 * @param linkByUrl whether clients may ask for a worse network by {@code ?link=} in the URL of their socket; elsewhere they are refused
 * @param link the network of those who do not ask
 */
public record DevelopmentSettings(boolean linkByUrl, LinkConditions link) {
    /** The network is as it is, for everybody. */
    public static DevelopmentSettings none() {
        return new DevelopmentSettings(false, LinkConditions.NONE);
    }
}
