package dev.terrane.games.skirmish;

/** Where a bolt is and how it came there in this tick. */
record Flown(float x, float y, float stepX, float stepY, float seconds) {
    float middleX() {
        return x - stepX / 2;
    }

    float middleY() {
        return y - stepY / 2;
    }

    /** Within which around the middle everybody stands whom it can have met. */
    float reach() {
        return Angles.length(stepX, stepY) / 2 + Craft.SIZE_MAX;
    }

    /** When it met somebody who came to {@code (atX, atY)} by a step of his own: 0 to 1 of the way, or {@link Sweep#MISS}. */
    float meets(float atX, float atY, float hisStepX, float hisStepY, float size) {
        float relativeX = stepX - hisStepX;
        float relativeY = stepY - hisStepY;
        return Sweep.circle(x - atX - relativeX, y - atY - relativeY, relativeX, relativeY, size + Weapon.BOLT_SIZE);
    }
}
