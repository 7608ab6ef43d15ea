package dev.terrane.space;

/** An upright rectangle in metres; the minimum belongs to it, the maximum does not. */
public record Bounds(double minX, double minY, double maxX, double maxY) {
    public double width() {
        return maxX - minX;
    }

    public double height() {
        return maxY - minY;
    }

    /** The four corners counter-clockwise from the minimum, moved by an origin. */
    double[] outline(double originX, double originY) {
        return new double[] {
            originX + minX, originY + minY,
            originX + maxX, originY + minY,
            originX + maxX, originY + maxY,
            originX + minX, originY + maxY
        };
    }
}
