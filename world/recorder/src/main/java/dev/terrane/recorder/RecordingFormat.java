package dev.terrane.recorder;

/**
 * A recording as bytes.
 *
 * <pre>
 *   recording: i64 magic · frames
 *   frame:     i32 length · i32 crc32c · u8 kind · varlong tick · u8 continues · body      (length and checksum are of all that follows)
 *   HEADER     who was recorded, and in which world: all that a replay elsewhere has to know but the plugins' code
 *   BASE       a running image; ticks behind it can be carried out again from there
 *   TICK       what one tick consumed, and the hash at its end
 * </pre>
 *
 * <p>A recording begins with a header and a base. Whatever follows the first frame that is cut off or has another checksum is not read: a killed process
 * leaves such an end. Several recordings of a cell, one after the other, are one when the base that each begins with says that it continues.
 */
final class RecordingFormat {
    static final long MAGIC = 0x3152_4443_4552_5254L; // "TRRECDR1"
    /** Of header and frames; that of messages and images is in the header. */
    static final int FORMAT = 1;

    static final int HEADER = 1;
    static final int BASE = 2;
    static final int TICK = 3;
    /** Set in the kind of a frame whose body is deflated. */
    static final int DEFLATED = 0x80;

    /** Length and checksum. */
    static final int PREFIX_BYTES = 8;
    /** No frame is longer: a base of a million entities fits. */
    static final int FRAME_BYTES_MAX = 1 << 28;
    /** Messages that a cell offers to others in one tick: their ways are full long before. */
    static final int ANSWER_COUNT_MAX = 1 << 20;

    private RecordingFormat() {}
}
