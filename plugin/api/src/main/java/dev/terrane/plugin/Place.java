package dev.terrane.plugin;

/** Where somebody was: filled by {@link Past#find}, to be used again. Local metres; radians. */
public final class Place {
    public float x;
    public float y;
    /** 0 for what has no {@link dev.terrane.plugin.kit.Heading}. */
    public float yaw;
}
