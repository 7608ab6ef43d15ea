package dev.terrane.handoff;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/** The hand-off part of a checkpoint: {@code u8 format · varulong epoch · unsettled · peers}. Timers are left out: after a restore everything is due. */
final class HandoffFormat {
    private static final int FORMAT = 1;
    private static final int WORLD_BYTES_MAX = 32;

    private HandoffFormat() {}

    static void write(long epoch, SortedMap<CellId, Long> unsettled, Collection<Peer> peers, ByteWriter out) {
        out.u8(FORMAT);
        out.varulong(epoch);
        out.varuint(unsettled.size());
        unsettled.forEach((cell, awaited) -> {
            writeCell(cell, out);
            out.varulong(awaited);
        });
        out.varuint(peers.size());
        for (Peer peer : peers) {
            writeCell(peer.cell, out);
            out.varulong(peer.knownEpoch);
            out.varulong(peer.floorEpoch);
            out.varuint(peer.ins.size());
            for (InStream in : peer.ins) {
                writeIn(in, out);
            }
            out.varuint(peer.outs.size());
            for (OutStream stream : peer.outs) {
                writeOut(stream, out);
            }
        }
    }

    private static void writeCell(CellId cell, ByteWriter out) {
        out.utf8(cell.world().name());
        out.varint(cell.region().a());
        out.varint(cell.region().b());
        out.u8(cell.layer());
    }

    private static void writeIn(InStream in, ByteWriter out) {
        out.varulong(in.epoch);
        out.varulong(in.mark);
        out.varuint(in.arrivals.size());
        for (InStream.Known known : in.arrivals) {
            out.varulong(known.seq());
            out.i64(known.entity());
            out.varuint(known.ownership());
        }
    }

    private static void writeOut(OutStream stream, ByteWriter out) {
        out.varulong(stream.epoch);
        out.varulong(stream.lastSeq);
        out.varuint(stream.kept.size());
        for (HandoffOffer offer : stream.kept) {
            out.varulong(offer.seq());
            out.i64(offer.entity());
            out.varuint(offer.ownership());
            out.f32(offer.x());
            out.f32(offer.y());
            out.blob(offer.image());
            out.i64(offer.session());
            out.varint(offer.gateway());
            out.varint(offer.ackedSeq());
        }
    }

    static List<Peer> read(CellId self, long epoch, SortedMap<CellId, Long> unsettled, ByteReader in) {
        int format = in.u8();
        if (format != FORMAT) {
            throw in.malformed("hand-off format " + format + " is unknown, this server reads " + FORMAT);
        }
        long written = in.varulong();
        if (written > epoch) {
            throw in.malformed("the state was written under epoch " + written + ", later than " + epoch);
        }
        for (int rest = in.count(6); rest > 0; rest--) {
            unsettled.put(readCell(in), in.varulong());
        }
        List<Peer> peers = new ArrayList<>();
        for (int rest = in.count(8); rest > 0; rest--) {
            peers.add(readPeer(self, epoch, in));
        }
        return peers;
    }

    private static Peer readPeer(CellId self, long epoch, ByteReader in) {
        Peer peer = new Peer(readCell(in));
        peer.knownEpoch = in.varulong();
        peer.floorEpoch = in.varulong();
        for (int rest = in.count(3); rest > 0; rest--) {
            InStream stream = peer.in(in.varulong());
            stream.mark = in.varulong();
            stream.stableMark = stream.mark; // what was read is what is stored
            stream.ackDue = true;
            for (int known = in.count(10); known > 0; known--) {
                stream.arrivals.add(new InStream.Known(in.varulong(), in.i64(), in.varuint()));
            }
        }
        for (int rest = in.count(3); rest > 0; rest--) {
            OutStream stream = new OutStream(in.varulong());
            stream.restored(in.varulong());
            for (int kept = in.count(29); kept > 0; kept--) {
                stream.kept.add(readOffer(self, epoch, stream.epoch, in));
            }
            peer.outs.add(stream);
        }
        peer.dropEmptyOuts(epoch);
        return peer;
    }

    private static HandoffOffer readOffer(CellId self, long senderEpoch, long sourceEpoch, ByteReader in) {
        return new HandoffOffer(
                self,
                senderEpoch,
                sourceEpoch,
                in.varulong(),
                in.i64(),
                in.varuint(),
                in.f32(),
                in.f32(),
                in.blob(HandoffMachine.IMAGE_BYTES_MAX),
                in.i64(),
                in.varint(),
                in.varint());
    }

    private static CellId readCell(ByteReader in) {
        String world = in.utf8(WORLD_BYTES_MAX);
        try {
            return new CellId(new WorldId(world), new RegionId(in.varint(), in.varint()), in.u8());
        } catch (IllegalArgumentException badName) {
            throw in.malformed("no cell is called so: " + badName.getMessage());
        }
    }
}
