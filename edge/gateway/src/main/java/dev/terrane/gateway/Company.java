package dev.terrane.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one viewpoint. Those <i>in step</i> all have the same of every slice, so what they are sent is built once for all of them; the others
 * have a state of their own until it equals the company's.
 *
 * <pre>
 *   comes from elsewhere, missed a frame ─► alone: own state ── equal to the company's ─► in step: no state of its own
 * </pre>
 */
final class Company {
    /** Slices with somebody important that are served first, together. */
    static final int HIGHLIGHT_COUNT_MAX = 32;

    private @Nullable ClientSession[] members = new ClientSession[2];
    private int memberCount;
    private int inStepCount;
    /** What everybody in step has; meaningless while nobody is. */
    private ViewState state = new ViewState();

    /** Snapshots dealt here, from a phase of this viewpoint's own: ring k is due at multiples of 2^k. */
    int turn;
    /** How much of a keyframe is due; see {@link FrameDealer}. */
    int keyframeCredit;

    int keyframePlace;

    // ---- of the frame that is dealt now
    long dealt;
    int presentInStep;
    final @Nullable SliceMirror[] highlights = new SliceMirror[HIGHLIGHT_COUNT_MAX];
    int highlightCount;
    boolean highlightsMissed;
    /** Chunks that the body may tell to forget. */
    final List<ChunkMirror> forgotten = new ArrayList<>(2);

    int bodyOffset;
    int bodyLength;

    @Nullable
    SharedBytes shared;

    Company(int phase) {
        turn = phase;
    }

    int memberCount() {
        return memberCount;
    }

    int inStepCount() {
        return inStepCount;
    }

    ClientSession member(int i) {
        ClientSession member = members[i];
        if (member == null) {
            throw new IndexOutOfBoundsException(i);
        }
        return member;
    }

    ViewState state() {
        return state;
    }

    /** Comes with a state of its own, for the slices as this viewpoint lists them. */
    void enter(ClientSession session, ViewState own) {
        if (memberCount == members.length) {
            members = Arrays.copyOf(members, memberCount * 2);
        }
        session.memberIndex = memberCount;
        session.own = own;
        members[memberCount++] = session;
    }

    /** Leaves, and takes along what it has. */
    ViewState leave(ClientSession session) {
        ViewState own = session.own;
        if (own == null) {
            inStepCount--;
            own = inStepCount > 0 ? state.copy() : state;
            state = inStepCount > 0 ? state : new ViewState();
        }
        ClientSession last = member(memberCount - 1);
        members[session.memberIndex] = last;
        last.memberIndex = session.memberIndex;
        members[--memberCount] = null;
        session.own = null;
        return own;
    }

    /** From now on it has a state of its own. */
    ViewState fallOut(ClientSession session) {
        ViewState own = session.own;
        if (own == null) {
            own = state.copy();
            session.own = own;
            inStepCount--;
        }
        return own;
    }

    /** What it has equals what the company has. */
    void fallIn(ClientSession session) {
        session.own = null;
        inStepCount++;
    }

    /** Nobody is in step: what this one has is what the company has from now on. */
    void lead(ClientSession session, ViewState own) {
        state = own;
        session.own = null;
        inStepCount = 1;
    }

    void realign(Realignment realignment) {
        if (inStepCount > 0) {
            state.realign(realignment);
        }
        for (int i = 0; i < memberCount; i++) {
            ViewState own = member(i).own;
            if (own != null) {
                own.realign(realignment);
            }
        }
    }

    /** The next frame is about to be dealt. */
    void begin(long frame) {
        dealt = frame;
        presentInStep = 0;
        Arrays.fill(highlights, 0, highlightCount, null);
        highlightCount = 0;
        highlightsMissed = false;
        forgotten.clear();
        bodyLength = 0;
    }

    void highlight(SliceMirror slice) {
        for (int i = 0; i < highlightCount; i++) {
            if (highlights[i] == slice) {
                return;
            }
        }
        if (highlightCount == HIGHLIGHT_COUNT_MAX) {
            highlightsMissed = true;
        } else {
            highlights[highlightCount++] = slice;
        }
    }
}
