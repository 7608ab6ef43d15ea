package dev.terrane.cell;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/**
 * Who goes to another layer, in order: groups that stay together, one after the other.
 *
 * <p>Planned once, carried out over several ticks; who died or left meanwhile is passed over.
 */
final class Moves {
    static final Moves NONE = new Moves(new long[0], new int[0]);

    private final long[] entities;
    /** Index behind the last member of each group. */
    private final int[] groupEnds;

    private int next;
    private int group;

    Moves(long[] entities, int[] groupEnds) {
        this.entities = entities;
        this.groupEnds = groupEnds;
    }

    int count() {
        return entities.length - next;
    }

    /** Id of the next one, or 0 when nobody is left or the next group does not fit into what is left of this tick. */
    long next(int roomCount, int roomCountMax) {
        if (next == entities.length) {
            return 0;
        }
        int groupLeft = groupEnds[group] - next;
        boolean begins = next == (group == 0 ? 0 : groupEnds[group - 1]);
        boolean waits = begins && groupLeft > roomCount && roomCount < roomCountMax;
        return roomCount == 0 || waits ? 0 : entities[next];
    }

    /** The one that {@link #next} named is done with. */
    void advance() {
        next++;
        if (next == groupEnds[group]) {
            group++;
        }
    }

    void write(ByteWriter out) {
        out.varuint(count());
        for (int i = next; i < entities.length; i++) {
            out.i64(entities[i]);
        }
        out.varuint(groupEnds.length - group);
        for (int i = group; i < groupEnds.length; i++) {
            out.varuint(groupEnds[i] - next);
        }
    }

    static Moves read(ByteReader in) {
        long[] entities = new long[in.count(8)];
        for (int i = 0; i < entities.length; i++) {
            entities[i] = in.i64();
        }
        int[] groupEnds = new int[in.count(1)];
        for (int i = 0; i < groupEnds.length; i++) {
            groupEnds[i] = in.varuint();
            if (groupEnds[i] <= (i == 0 ? 0 : groupEnds[i - 1]) || groupEnds[i] > entities.length) {
                throw in.malformed("a group of moves ends at " + groupEnds[i]);
            }
        }
        return new Moves(entities, groupEnds);
    }
}
