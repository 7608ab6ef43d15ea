package dev.terrane.raft;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.coordinator.CoordinatorState;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/**
 * The state in a file: a mark, the length, a checksum, the bytes. It is there whole, or not at all. Beside it lies the digest that Ratis sends along when it gives the file to a peer
 * that is far behind.
 */
final class SnapshotFile {
    private static final int MARK = 0x54435331;
    private static final int HEAD_BYTES = 12;

    private SnapshotFile() {}

    static byte[] encode(CoordinatorState state) {
        ByteWriter writer = new ByteWriter(64 * 1024);
        writer.i32(MARK);
        writer.i32(0);
        writer.i32(0);
        state.snapshot(writer);
        int length = writer.size() - HEAD_BYTES;
        writer.patchI32(4, length);
        writer.patchI32(8, checksum(writer.array(), length));
        return writer.toBytes();
    }

    static FileInfo write(File target, byte[] encoded) throws IOException {
        Path whole = target.toPath();
        Path folder = whole.toAbsolutePath().getParent();
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(encoded);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        // The digest first: a snapshot without one could not be given to others.
        MD5Hash digest = MD5FileUtil.computeMd5ForFile(part.toFile());
        MD5FileUtil.saveMD5File(target, digest);
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
        return new FileInfo(whole, digest);
    }

    /** @throws CoordinatorLogException if it is not what was written */
    static CoordinatorState read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw damaged(file, "it cannot be read: " + e, e);
        }
        try {
            ByteReader reader = new ByteReader(bytes);
            int mark = reader.i32();
            int length = reader.i32();
            int checksum = reader.i32();
            if (mark != MARK || length != reader.remaining() || checksum != checksum(bytes, length)) {
                throw damaged(file, "its length or checksum is wrong", null);
            }
            return CoordinatorState.restore(reader);
        } catch (MalformedBytesException e) {
            throw damaged(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static CoordinatorLogException damaged(Path file, String what, @Nullable Exception cause) {
        return new CoordinatorLogException(
                "the coordinator's snapshot %s is damaged, or of another build: %s. %s"
                        .formatted(file, what, StorageFolder.WAY_OUT),
                cause);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, HEAD_BYTES, length);
        return (int) crc.getValue();
    }
}
