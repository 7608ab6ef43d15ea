package dev.terrane.handoff;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Collection;

/**
 * What a machine that goes on, unlike one that restarts, also knows: its timers, what is due, and the images on their way to the store. Stands behind
 * {@link HandoffFormat}'s part and names the streams in the same order.
 */
final class HandoffRunning {
    private HandoffRunning() {}

    static void write(Collection<Peer> peers, ByteWriter out) {
        for (Peer peer : peers) {
            peer.floors.write(out);
            out.varlong(peer.stableFloor);
            out.bool(peer.newsDue);
            for (InStream in : peer.ins) {
                in.images.write(out);
                out.varlong(in.stableMark);
                out.bool(in.ackDue);
            }
            for (OutStream stream : peer.outs) {
                stream.writeRunning(out);
            }
        }
    }

    static void read(Collection<Peer> peers, ByteReader in) {
        for (Peer peer : peers) {
            peer.floors.read(in);
            peer.stableFloor = in.varlong();
            peer.newsDue = in.bool();
            for (InStream stream : peer.ins) {
                stream.images.read(in);
                stream.stableMark = in.varlong();
                stream.ackDue = in.bool();
            }
            for (OutStream stream : peer.outs) {
                stream.readRunning(in);
            }
        }
    }
}
