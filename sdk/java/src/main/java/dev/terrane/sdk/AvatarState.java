package dev.terrane.sdk;

/** What is known of the own avatar at one tick: the raw bits of each field that its {@link AvatarRule} knows. Nobody changes it once it is made. */
final class AvatarState {
    private final int[] bits;
    private final boolean[] told;

    /**
     * @param bits not to be changed afterwards
     * @param told which of the fields the server tells; the others are 0
     */
    AvatarState(int[] bits, boolean[] told) {
        this.bits = bits;
        this.told = told;
    }

    boolean has(int field) {
        return told[field];
    }

    /** 0 if it was not told. */
    int bits(int field) {
        return bits[field];
    }

    float floatValue(int field) {
        return Float.intBitsToFloat(bits[field]);
    }

    /** To be changed, and given to {@link #with}. */
    int[] copy() {
        return bits.clone();
    }

    /** The same fields with other values. */
    AvatarState with(int[] newBits) {
        return new AvatarState(newBits, told);
    }
}
