package dev.terrane.gateway;

import java.util.BitSet;

/**
 * Short names for the slices of a world, the same for all clients of a gateway, so that they can share bytes.
 *
 * <p>Every cell has a block of numbers for its chunks, and another one for second parts of chunks, if there are any, and so on. Chunks side by side have
 * numbers side by side, which take a byte when one follows the other. A block of a cell that is gone is given away again: whoever knows slices of it is
 * told to forget them before anything else.
 */
final class SliceNumbers {
    private final int blockSize;
    private final BitSet taken = new BitSet();

    /** @param chunkCountMax of the largest cell */
    SliceNumbers(int chunkCountMax) {
        blockSize = chunkCountMax;
    }

    /** @return the block's first number */
    int take() {
        int block = taken.nextClearBit(0);
        taken.set(block);
        return Math.multiplyExact(block, blockSize);
    }

    void giveBack(int first) {
        taken.clear(first / blockSize);
    }
}
