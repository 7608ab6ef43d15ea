package dev.terrane.clustersim.game;

/** What players say: the same to whoever asks. */
public final class Steering {
    /** Inputs between two turns. */
    private static final int LEG = 30;

    private static final float DIAGONAL = 0.6f;
    private static final float[] X = {1, DIAGONAL, 1, DIAGONAL, -1, -DIAGONAL, -1, -DIAGONAL};
    private static final float[] Y = {0, DIAGONAL, 0, -DIAGONAL, 0, DIAGONAL, 0, -DIAGONAL};

    private Steering() {}

    public static float x(int player, int seq) {
        return X[(seq / LEG + player) & 7];
    }

    public static float y(int player, int seq) {
        return Y[(seq / LEG + player) & 7];
    }
}
