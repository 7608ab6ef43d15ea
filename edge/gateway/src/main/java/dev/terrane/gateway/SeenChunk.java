package dev.terrane.gateway;

import java.util.Arrays;

/** A chunk that a session watches, and the version of each of its slices that the client has. */
final class SeenChunk {
    private static final int NOTHING = -1;

    final ChunkMirror chunk;
    double distanceMetres;
    private int life;
    private int[] sentSeq = {NOTHING};
    private int[] waitedFrames = new int[1];
    private boolean clientKnows;
    /** Still within interest, found while the view is renewed. */
    boolean kept;

    SeenChunk(ChunkMirror chunk) {
        this.chunk = chunk;
        this.life = chunk.life();
    }

    /** The client may hold entities of this chunk. */
    boolean clientKnows() {
        return clientKnows;
    }

    /** The mirror forgot this chunk since: what the client holds of it has to go. */
    boolean outlived() {
        return life != chunk.life();
    }

    /** The client starts from nothing here. */
    void restart() {
        life = chunk.life();
        clientKnows = false;
        Arrays.fill(sentSeq, NOTHING);
        Arrays.fill(waitedFrames, 0);
    }

    /** The next time each slice is sent, it is sent whole; the client keeps what it has until then. */
    void renew() {
        Arrays.fill(sentSeq, NOTHING);
    }

    /** -1 when the client needs a keyframe. */
    int sentSeq(int part) {
        return part < sentSeq.length ? sentSeq[part] : NOTHING;
    }

    void sent(int part, int seq) {
        reserve(part);
        sentSeq[part] = seq;
        clientKnows = true;
    }

    /** It had something to say and did not fit. */
    void waits(int part) {
        reserve(part);
        waitedFrames[part]++;
    }

    int waitedFrames(int part) {
        return part < waitedFrames.length ? waitedFrames[part] : 0;
    }

    void served(int part) {
        if (part < waitedFrames.length) {
            waitedFrames[part] = 0;
        }
    }

    private void reserve(int part) {
        int before = sentSeq.length;
        if (part >= before) {
            sentSeq = Arrays.copyOf(sentSeq, part + 1);
            Arrays.fill(sentSeq, before, part + 1, NOTHING);
            waitedFrames = Arrays.copyOf(waitedFrames, part + 1);
        }
    }
}
