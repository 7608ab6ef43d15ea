package dev.terrane.placement;

/** @param dilation simulated time per real time; 1 on every rung but the last */
public record Posture(Rung rung, double dilation) {
    public static final Posture NORMAL = new Posture(Rung.NORMAL, 1);
}
