package dev.terrane.coordinator;

import dev.terrane.base.NodeId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The nodes that live, as far as the log knows. */
final class Members {
    static final int NODE_COUNT_MAX = 1_024;

    private static final int TEXT_BYTES_MAX = 1_024;

    private final TreeMap<NodeId, Member> members = new TreeMap<>();

    private int slotCount;

    /**
     * @param drain null: it is not being emptied
     * @param slot of this life of the node, from 1
     */
    private record Member(NodeInfo info, @Nullable Wish drain, int slot) {}

    /** Who wants something, and why. */
    record Wish(String author, String reason) {}

    boolean isFull() {
        return members.size() >= NODE_COUNT_MAX;
    }

    @Nullable
    NodeInfo find(NodeId node) {
        Member member = members.get(node);
        return member == null ? null : member.info;
    }

    boolean isDraining(NodeId node) {
        Member member = members.get(node);
        return member != null && member.drain != null;
    }

    Optional<Wish> drainedBy(NodeId node) {
        Member member = members.get(node);
        return Optional.ofNullable(member == null ? null : member.drain);
    }

    int slot(NodeId node) {
        Member member = members.get(node);
        return member == null ? 0 : member.slot;
    }

    /** A node that comes back with the same life keeps being emptied, if it was. */
    void put(NodeInfo info) {
        Member before = members.get(info.node());
        if (before != null && before.info.life() == info.life()) {
            members.put(info.node(), new Member(info, before.drain, before.slot));
        } else {
            members.put(info.node(), new Member(info, null, ++slotCount));
        }
    }

    /** @param wish null: it may take cells again */
    void drain(NodeId node, @Nullable Wish wish) {
        members.computeIfPresent(node, (_, member) -> new Member(member.info, wish, member.slot));
    }

    void remove(NodeId node) {
        members.remove(node);
    }

    List<NodeInfo> all() {
        return members.values().stream().map(Member::info).toList();
    }

    void write(ByteWriter writer) {
        writer.varuint(slotCount);
        writer.varuint(members.size());
        for (Member member : members.values()) {
            write(writer, member.info);
            Wish drain = member.drain;
            writer.bool(drain != null);
            if (drain != null) {
                writer.utf8(drain.author);
                writer.utf8(drain.reason);
            }
            writer.varuint(member.slot);
        }
    }

    static void write(ByteWriter writer, NodeInfo info) {
        writer.utf8(info.node().name());
        writer.i64(info.life());
        writer.varuint(info.roles().size());
        info.roles().forEach(role -> writer.u8(role.ordinal()));
        writer.utf8(info.address());
        writer.utf8(info.version());
    }

    /** @param isNameless of a build that did not keep who wants a node emptied */
    void read(ByteReader reader, boolean isNameless) {
        slotCount = reader.varuint();
        for (int left = reader.count(15); left > 0; left--) {
            NodeInfo info = readInfo(reader);
            Wish drain = null;
            if (reader.bool()) {
                drain = isNameless
                        ? new Wish("", "")
                        : new Wish(reader.utf8(TEXT_BYTES_MAX), reader.utf8(TEXT_BYTES_MAX));
            }
            members.put(info.node(), new Member(info, drain, reader.varuint()));
        }
    }

    static NodeInfo readInfo(ByteReader reader) {
        NodeId node = new NodeId(reader.utf8(64));
        long life = reader.i64();
        List<NodeInfo.Role> roles = new ArrayList<>();
        for (int left = reader.count(1); left > 0; left--) {
            int role = reader.u8();
            if (role >= NodeInfo.Role.values().length) {
                throw reader.malformed("a node of role " + role);
            }
            roles.add(NodeInfo.Role.values()[role]);
        }
        return new NodeInfo(node, life, roles, reader.utf8(TEXT_BYTES_MAX), reader.utf8(TEXT_BYTES_MAX));
    }
}
