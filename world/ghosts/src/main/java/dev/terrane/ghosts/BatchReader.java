package dev.terrane.ghosts;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.protocol.cluster.CellInput.GhostBatch;

/** Reads the records of a batch into the flock: the hot loop of taking in. */
final class BatchReader {
    private final CellId self;
    private final Flock flock;
    private final Followed followed;
    private final GhostLimits limits;
    private final Residents residents;
    private final ByteReader in = new ByteReader(new byte[0]);
    private long leftOutCount;

    BatchReader(CellId self, Flock flock, Followed followed, GhostLimits limits, Residents residents) {
        this.self = self;
        this.flock = flock;
        this.followed = followed;
        this.limits = limits;
        this.residents = residents;
    }

    long leftOutCount() {
        return leftOutCount;
    }

    /** @param first it replaces all ghosts from this source */
    void read(Source source, GhostBatch batch, boolean first, long tick) {
        long[] before = first ? source.takeAll() : new long[0];
        in.wrap(batch.bytes(), 0, batch.length());
        try {
            while (in.remaining() > 0) {
                record(source, tick);
            }
        } finally {
            removeUntold(source, before);
        }
    }

    private void removeUntold(Source source, long[] before) {
        for (long ghost : before) {
            if (ghost != 0
                    && flock.store.alive(ghost)
                    && flock.sourceOf(ghost) == source
                    && source.handle(flock.numberOf(ghost)) != ghost) {
                flock.remove(ghost);
            }
        }
    }

    private void record(Source source, long tick) {
        int head = in.varuint();
        int number = head >>> GhostFormat.KIND_BITS;
        if (number >= GhostFormat.NUMBER_MAX) {
            throw in.malformed("number " + number + " is more than a store has");
        }
        switch (head & GhostFormat.KIND_MASK) {
            case GhostFormat.CHANGED -> changed(source, number);
            case GhostFormat.ENTERED -> entered(source, number, tick);
            case GhostFormat.LEFT -> left(source, number, in.u8());
            case GhostFormat.HANDED_OVER -> handedOver(source, number, GhostFormat.cell(self.world(), in), tick);
            case GhostFormat.ELSEWHERE -> elsewhere(source, in.i64(), GhostFormat.cell(self.world(), in));
            default -> throw in.malformed("a record of kind " + (head & GhostFormat.KIND_MASK));
        }
    }

    private void changed(Source source, int number) {
        GhostTable table = source.table(number);
        long fields = in.varulong();
        if (table == null || (fields & ~table.allFields()) != 0) {
            throw in.malformed("number " + number + " changed in fields that it does not have");
        }
        long ghost = source.handle(number);
        if (ghost == 0) {
            table.skip(fields, in);
        } else {
            table.read(flock.store.rowOf(ghost), fields, source.shiftX, source.shiftY, in);
        }
    }

    private void entered(Source source, int number, long tick) {
        long id = in.i64();
        int ownership = in.varuint();
        GhostTable table = flock.table(in.varulong());
        long tenant = source.handle(number);
        if (tenant != 0 && flock.idOf(tenant) != id) {
            flock.remove(tenant);
        }
        long ghost = place(source, id, ownership, table, tick);
        if (ghost == 0) {
            source.set(number, 0, table);
            table.skip(table.allFields(), in);
            return;
        }
        flock.seat(ghost, ownership, source, number);
        source.set(number, ghost, table);
        table.read(flock.store.rowOf(ghost), table.allFields(), source.shiftX, source.shiftY, in);
        if (followed.contains(id) && !source.cell.equals(followed.ownerOf(id))) {
            followed.moved(id, source.cell);
        }
    }

    /** The ghost that takes the values in; 0: nobody does, because it is our own, a truer copy is here, or the limit is reached. */
    private long place(Source source, long id, int ownership, GhostTable table, long tick) {
        if (residents.find(id) != 0) {
            return 0;
        }
        long ghost = flock.find(id);
        if (ghost != 0) {
            if (flock.ownershipOf(ghost) > ownership) {
                source.retryTick = tick + GhostLimits.TTL_TICKS; // should the truer one end untold, this one is wanted
                return 0;
            }
            if (flock.tableOf(ghost) == table) {
                return ghost;
            }
            flock.remove(ghost);
        }
        int countMax = limits.ghostCountMax() - (followed.contains(id) ? 0 : followed.count());
        if (flock.size() >= countMax) {
            leftOutCount++;
            source.retryTick = tick + GhostLimits.TTL_TICKS;
            return 0;
        }
        return flock.add(id, ownership, table);
    }

    private void left(Source source, int number, int reason) {
        long ghost = takeOff(source, number);
        if (ghost != 0) {
            if (reason == GhostFormat.GONE) {
                followed.remove(flock.idOf(ghost));
            }
            flock.remove(ghost);
        }
    }

    private void handedOver(Source source, int number, CellId target, long tick) {
        long ghost = takeOff(source, number);
        if (ghost != 0) {
            movedOn(flock.idOf(ghost), target);
            flock.bridge(ghost, flock.ownershipOf(ghost) + 1, target, tick + GhostLimits.BRIDGE_TICKS);
        }
    }

    private long takeOff(Source source, int number) {
        long ghost = source.handle(number);
        if (source.table(number) != null) {
            source.set(number, 0, null);
        }
        return ghost;
    }

    private void elsewhere(Source source, long id, CellId target) {
        long ghost = flock.find(id);
        boolean toldOf = ghost != 0 && flock.sourceOf(ghost) == source;
        if (source.cell.equals(followed.ownerOf(id)) && !toldOf) {
            movedOn(id, target);
        }
    }

    /** News may be late: whoever was sent to this cell may have come, and gone again, before. */
    private void movedOn(long id, CellId target) {
        followed.moved(id, target.equals(self) ? residents.goneTo(id) : target);
    }
}
