package dev.terrane.postgres;

import dev.terrane.base.StateHash;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A cell's image on its way to a column and back: deflated for speed, with a hash of what was put in. */
record PackedImage(int imageBytes, long imageHash, byte[] packed) {
    /** A gigabyte is what one column value can hold; an image near it means something is badly wrong. */
    static final int IMAGE_BYTES_MAX = 256 << 20;

    static PackedImage pack(byte[] image) {
        if (image.length > IMAGE_BYTES_MAX) {
            throw new IllegalArgumentException("an image of " + image.length + " bytes is over " + IMAGE_BYTES_MAX);
        }
        try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
            deflater.setInput(image);
            deflater.finish();
            // Deflate stores what it cannot shrink, at 5 bytes per 16 KiB: this is always enough room.
            byte[] room = new byte[image.length + image.length / 1024 + 64];
            int size = deflater.deflate(room);
            return new PackedImage(image.length, hash(image), Arrays.copyOf(room, size));
        }
    }

    /** @throws DataFormatException says in what way it is not what was packed */
    byte[] unpack() throws DataFormatException {
        if (imageBytes < 0 || imageBytes > IMAGE_BYTES_MAX) {
            throw new DataFormatException("its size is given as " + imageBytes + " bytes");
        }
        byte[] image = new byte[imageBytes];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed);
            int size = inflater.inflate(image);
            // The stream's end is only seen by one more call when the image filled the room exactly.
            if (size == imageBytes && !inflater.finished()) {
                size += inflater.inflate(new byte[1]);
            }
            if (size != imageBytes || !inflater.finished()) {
                throw new DataFormatException("it unpacks to another size than the " + imageBytes + " bytes saved");
            }
        }
        if (hash(image) != imageHash) {
            throw new DataFormatException("its hash differs from the one taken when it was saved");
        }
        return image;
    }

    private static long hash(byte[] image) {
        return new StateHash().add(image, 0, image.length).value();
    }
}
