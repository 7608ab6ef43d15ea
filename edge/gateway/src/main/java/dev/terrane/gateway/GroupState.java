package dev.terrane.gateway;

import dev.terrane.protocol.cluster.SliceAudience;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one client has of the slices that are for its avatar's squad and team, and for its driver alone. */
final class GroupState {
    /** Stands for a slice of which nothing was sent, while the client has another's content by its name. No version follows from it. */
    static final int OF_ANOTHER = ViewState.NOTHING - 1;

    private SliceMirror[] slices = Viewpoint.NO_SLICES;
    private int[] anchor = new int[0];
    private int[] sent = new int[0];
    private int count;
    private final List<SliceMirror> toClear = new ArrayList<>(2);

    private int next;

    // ---- for whom, and from where, the slices were chosen
    private @Nullable Viewpoint viewpoint;
    private int version;
    private long avatar;
    private int squad;
    private int team;

    int count() {
        return count;
    }

    SliceMirror slice(int place) {
        return slices[place];
    }

    /** See {@link GroupView#anchor}. */
    int anchor(int place) {
        return anchor[place];
    }

    int sent(int place) {
        return sent[place];
    }

    void setSent(int place, int seq) {
        sent[place] = seq;
    }

    /** Where to begin: what follows was left out the last time. */
    int next() {
        return next;
    }

    void setNext(int place) {
        next = place;
    }

    /** Slices in sight of which the client knows something, and must not know anything any more: it left the group, or they are no longer there. */
    List<SliceMirror> toClear() {
        return toClear;
    }

    /** The client has nothing. */
    void restart() {
        Arrays.fill(sent, 0, count, ViewState.NOTHING);
        toClear.clear();
    }

    /** Chooses anew if anything that the choice depends on is another than before. */
    void align(Viewpoint from, long newAvatar, int newSquad, int newTeam) {
        GroupView view = from.groups;
        if (viewpoint == from
                && version == view.version()
                && avatar == newAvatar
                && squad == newSquad
                && team == newTeam) {
            return;
        }
        viewpoint = from;
        version = view.version();
        avatar = newAvatar;
        squad = newSquad;
        team = newTeam;
        choose(view);
    }

    private void choose(GroupView view) {
        SliceMirror[] before = slices;
        int[] sentBefore = sent;
        int countBefore = count;
        for (int i = 0; i < countBefore; i++) {
            before[i].mark = -1; // which no Realignment uses
            before[i].place = i;
        }
        count = 0;
        slices = new SliceMirror[Math.min(view.count(), countBefore + 8)];
        anchor = new int[slices.length];
        sent = new int[slices.length];
        for (int i = 0; i < view.count(); i++) {
            SliceMirror slice = view.slice(i);
            if (SliceAudience.includes(slice.audience, avatar, squad, team)) {
                add(slice, view.anchor(i), slice.mark == -1 ? sentBefore[slice.place] : ViewState.NOTHING);
                slice.mark = 0;
            }
        }
        for (int i = 0; i < countBefore; i++) {
            if (before[i].mark == -1) {
                before[i].mark = 0;
                if (sentBefore[i] != ViewState.NOTHING) {
                    toClear.add(before[i]);
                }
            }
        }
        toClear.removeIf(this::isReplaced);
    }

    /** Where there is another slice by the same name now, its keyframe clears what was there; and should it go before it was sent, it has to be cleared itself. */
    private boolean isReplaced(SliceMirror gone) {
        for (int i = 0; i < count; i++) {
            if (slices[i].chunk == gone.chunk && slices[i].address.part() == gone.address.part()) {
                sent[i] = sent[i] == ViewState.NOTHING ? OF_ANOTHER : sent[i];
                return true;
            }
        }
        return false;
    }

    private void add(SliceMirror slice, int itsAnchor, int itsSent) {
        if (count == slices.length) {
            slices = Arrays.copyOf(slices, count * 2 + 8);
            anchor = Arrays.copyOf(anchor, slices.length);
            sent = Arrays.copyOf(sent, slices.length);
        }
        slices[count] = slice;
        anchor[count] = itsAnchor;
        sent[count++] = itsSent;
    }
}
