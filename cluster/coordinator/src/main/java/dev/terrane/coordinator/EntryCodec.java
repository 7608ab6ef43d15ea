package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries as bytes, for the log: the {@linkplain Release#language language} in which it is written, then its members. A log outlives a build: numbers of commands are never given to others, what a newer
 * release adds gets a new one, and is written only when {@linkplain Agreement all coordinators} read it.
 */
public final class EntryCodec {
    /** One entry; the log refuses longer ones. */
    public static final int ENTRY_BYTES_MAX = 1 << 20;

    /** Without the time; before there was a release with clusters. */
    private static final int FORMAT_TIMELESS = 1;

    private static final int TEXT_BYTES_MAX = 4 * 256;

    private EntryCodec() {}

    /** In the language of the release before this one: whoever is asked to put it into the log may be of that one. */
    public static byte[] encode(Entry entry) {
        return encode(entry, Release.OWN.oldestLanguage());
    }

    /** @param language that all coordinators have agreed on */
    public static byte[] encode(Entry entry, int language) {
        ByteWriter writer = new ByteWriter(128);
        writer.varuint(FORMAT_TIMELESS + language);
        writer.varulong(entry.givenTerm());
        writer.i64(entry.atMillis());
        writer.utf8(entry.author());
        writer.utf8(entry.reason());
        write(writer, entry.command());
        return writer.toBytes();
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if it is no entry that this build knows */
    public static Entry decode(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        int format = reader.varuint();
        if (format < FORMAT_TIMELESS || format > FORMAT_TIMELESS + Release.OWN.language()) {
            throw reader.malformed("a log entry of format %d, release %s reads %d to %d"
                    .formatted(format, Release.OWN, FORMAT_TIMELESS, FORMAT_TIMELESS + Release.OWN.language()));
        }
        try {
            Entry entry = new Entry(
                    reader.varulong(),
                    format == FORMAT_TIMELESS ? 0 : reader.i64(),
                    reader.utf8(TEXT_BYTES_MAX),
                    reader.utf8(TEXT_BYTES_MAX),
                    read(reader));
            if (reader.remaining() != 0) {
                throw reader.malformed(reader.remaining() + " bytes too many in a log entry");
            }
            return entry;
        } catch (IllegalArgumentException e) {
            throw reader.malformed("a log entry that cannot be: " + e.getMessage());
        }
    }

    /** In which language an entry is written. */
    public static int language(byte[] bytes) {
        return new ByteReader(bytes).varuint() - FORMAT_TIMELESS;
    }

    private static void write(ByteWriter writer, Command command) {
        switch (command) {
            case Command.RegisterNode(NodeInfo info) -> {
                writer.u8(1);
                Members.write(writer, info);
            }
            case Command.NodeLost(NodeId node, long life) -> {
                writer.u8(2);
                writer.utf8(node.name());
                writer.i64(life);
            }
            case Command.DrainNode(NodeId node, boolean draining) -> {
                writer.u8(3);
                writer.utf8(node.name());
                writer.bool(draining);
            }
            case Command.GrantCells(List<CellGrant> grants) -> {
                writer.u8(4);
                writeGrants(writer, grants);
            }
            case Command.AssignCells(NodeId owner, List<CellId> cells) -> {
                writer.u8(5);
                writer.utf8(owner.name());
                writer.varuint(cells.size());
                cells.forEach(cell -> CellBytes.write(writer, cell));
            }
            case Command.LearnGrants(List<CellGrant> grants) -> {
                writer.u8(6);
                writeGrants(writer, grants);
            }
            case Command.ReleaseCell(CellId cell, long epoch) -> writeCell(writer, 7, cell, epoch);
            case Command.SetStandby set -> {
                writeCell(writer, 8, set.cell(), set.epoch());
                Tenures.writeName(writer, set.node());
            }
            case Command.StandbyReady word -> {
                boolean isNumbered = word.standbyEntry() != Command.StandbyReady.UNSAID;
                writeCell(writer, isNumbered ? 19 : 9, word.cell(), word.epoch());
                writer.utf8(word.node().name());
                if (isNumbered) {
                    writer.varulong(word.standbyEntry());
                }
            }
            case Command.Promote(CellId cell, long epoch) -> writeCell(writer, 10, cell, epoch);
            case Command.BeginMove(CellId cell, long epoch, NodeId to) -> {
                writeCell(writer, 11, cell, epoch);
                writer.utf8(to.name());
            }
            case Command.FinishMove(CellId cell, long epoch) -> writeCell(writer, 12, cell, epoch);
            case Command.AbortMove(CellId cell, long epoch) -> writeCell(writer, 13, cell, epoch);
            case Command.IssueToken(TransferToken token, long nowMillis) -> {
                writer.u8(14);
                Tokens.write(writer, token);
                writer.i64(nowMillis);
            }
            case Command.RedeemToken(String id, long nowMillis) -> {
                writer.u8(15);
                writer.utf8(id);
                writer.i64(nowMillis);
            }
            case Command.PutValue(String key, long expectedVersion, byte[] value) -> {
                writer.u8(16);
                writer.utf8(key);
                writer.i64(expectedVersion);
                writer.blob(value);
            }
            case Command.RenewCell(CellId cell, long epoch) -> writeCell(writer, 18, cell, epoch);
            case Command.SetOverride(String name, String value) -> {
                writer.u8(17);
                writer.utf8(name);
                writer.utf8(value);
            }
        }
    }

    private static Command read(ByteReader reader) {
        int number = reader.u8();
        return switch (number) {
            case 1 -> new Command.RegisterNode(Members.readInfo(reader));
            case 2 -> new Command.NodeLost(node(reader), reader.i64());
            case 3 -> new Command.DrainNode(node(reader), reader.bool());
            case 4 -> new Command.GrantCells(readGrants(reader));
            case 5 -> new Command.AssignCells(node(reader), readCells(reader));
            case 6 -> new Command.LearnGrants(readGrants(reader));
            case 7 -> new Command.ReleaseCell(CellBytes.read(reader), reader.varulong());
            case 8 -> new Command.SetStandby(CellBytes.read(reader), reader.varulong(), Tenures.readName(reader));
            case 9 ->
                new Command.StandbyReady(
                        CellBytes.read(reader), reader.varulong(), node(reader), Command.StandbyReady.UNSAID);
            case 10 -> new Command.Promote(CellBytes.read(reader), reader.varulong());
            case 11 -> new Command.BeginMove(CellBytes.read(reader), reader.varulong(), node(reader));
            case 12 -> new Command.FinishMove(CellBytes.read(reader), reader.varulong());
            case 13 -> new Command.AbortMove(CellBytes.read(reader), reader.varulong());
            case 14 -> new Command.IssueToken(Tokens.readToken(reader), reader.i64());
            case 15 -> new Command.RedeemToken(reader.utf8(TEXT_BYTES_MAX), reader.i64());
            case 16 -> new Command.PutValue(reader.utf8(TEXT_BYTES_MAX), reader.i64(), reader.blob(ENTRY_BYTES_MAX));
            case 17 -> new Command.SetOverride(reader.utf8(TEXT_BYTES_MAX), reader.utf8(TEXT_BYTES_MAX));
            case 18 -> new Command.RenewCell(CellBytes.read(reader), reader.varulong());
            case 19 ->
                new Command.StandbyReady(CellBytes.read(reader), reader.varulong(), node(reader), reader.varulong());
            default -> throw reader.malformed("command " + number + " is none that this build knows");
        };
    }

    private static NodeId node(ByteReader reader) {
        return new NodeId(reader.utf8(64));
    }

    private static void writeCell(ByteWriter writer, int number, CellId cell, long epoch) {
        writer.u8(number);
        CellBytes.write(writer, cell);
        writer.varulong(epoch);
    }

    private static List<CellId> readCells(ByteReader reader) {
        List<CellId> cells = new ArrayList<>();
        for (int left = reader.count(5); left > 0; left--) {
            cells.add(CellBytes.read(reader));
        }
        return cells;
    }

    static void writeGrants(ByteWriter writer, List<CellGrant> grants) {
        writer.varuint(grants.size());
        for (CellGrant grant : grants) {
            CellBytes.write(writer, grant.cell());
            writer.utf8(grant.owner().name());
            writer.varulong(grant.epoch());
            writer.varuint(grant.incarnation());
        }
    }

    static List<CellGrant> readGrants(ByteReader reader) {
        List<CellGrant> grants = new ArrayList<>();
        for (int left = reader.count(9); left > 0; left--) {
            grants.add(new CellGrant(CellBytes.read(reader), node(reader), reader.varulong(), reader.varuint()));
        }
        return grants;
    }
}
