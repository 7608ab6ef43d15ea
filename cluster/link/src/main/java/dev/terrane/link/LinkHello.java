package dev.terrane.link;

import dev.terrane.base.NodeId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a node introduces itself on a link.
 *
 * @param cluster whose node it is
 * @param life chosen at random at each start: the same node with another life has forgotten everything
 * @param roles what the node does, as its coordinator names it; links only pass them on
 */
public record LinkHello(String cluster, NodeId node, long life, List<String> roles, VersionWindow versions) {
    /** Of the first release; a server says what its own one speaks. */
    public static final VersionWindow VERSIONS = new VersionWindow(1, 1);

    static final int MAGIC = 0x4B4C5254; // "TRLK" as bytes
    private static final int NAME_BYTES_MAX = 64;
    private static final int ROLE_BYTES_MAX = 16;
    private static final int ROLES_MAX = 16;

    public LinkHello {
        if (!cluster.matches("[a-z0-9.-]{1,64}")) {
            throw new IllegalArgumentException(
                    "cluster name '" + cluster + "' must be 1 to 64 of a-z, 0-9, '.' and '-'");
        }
        roles = List.copyOf(roles);
        if (roles.size() > ROLES_MAX) {
            throw new IllegalArgumentException(roles.size() + " roles are more than " + ROLES_MAX);
        }
        for (String role : roles) {
            if (!role.matches("[a-z]{1,16}")) {
                throw new IllegalArgumentException("role '" + role + "' must be 1 to 16 of a-z");
            }
        }
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter(64);
        out.i32(MAGIC);
        out.i32(versions.min());
        out.i32(versions.max());
        out.i64(life);
        out.utf8(cluster);
        out.utf8(node.name());
        out.varuint(roles.size());
        for (String role : roles) {
            out.utf8(role);
        }
        return out.toBytes();
    }

    /**
     * Reads a greeting. What a newer build adds at the end is left unread, so that it may add something.
     *
     * @param own tells who is newer
     * @throws MalformedBytesException when it is no greeting
     */
    static LinkHello decode(byte[] bytes, int offset, int length, VersionWindow own) {
        ByteReader in = new ByteReader(bytes, offset, length);
        if (in.i32() != MAGIC) {
            throw in.malformed("a greeting begins with TRLK");
        }
        int min = in.i32();
        int max = in.i32();
        long life = in.i64();
        String cluster = in.utf8(NAME_BYTES_MAX);
        String node = in.utf8(NAME_BYTES_MAX);
        int roleCount = in.count(1);
        if (roleCount > ROLES_MAX) {
            throw in.malformed(roleCount + " roles");
        }
        List<String> roles = new ArrayList<>(roleCount);
        for (int index = 0; index < roleCount; index++) {
            roles.add(in.utf8(ROLE_BYTES_MAX));
        }
        if (in.remaining() > 0 && max <= own.max()) {
            throw in.malformed(in.remaining() + " bytes too many");
        }
        try {
            return new LinkHello(cluster, new NodeId(node), life, roles, new VersionWindow(min, max));
        } catch (IllegalArgumentException outOfRange) {
            throw in.malformed(String.valueOf(outOfRange.getMessage()));
        }
    }
}
