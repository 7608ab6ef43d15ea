package dev.terrane.link.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** A folder of PEM files that only their owner may read; a file is never there in part. */
record PemFolder(Path folder) {
    private static final int LINE_LENGTH = 64;

    static PemFolder make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode(folder, "rwx------"));
        }
        return new PemFolder(folder.toAbsolutePath());
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    /** The EC key in a PEM file. */
    static PrivateKey key(Path file, byte[] pem) throws IOException, GeneralSecurityException {
        String base64 = new String(pem, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException notBase64) {
            throw new IOException(file + " is no PEM file", notBase64);
        }
    }

    void write(Path file, String kind, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(content);
        String pem = "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
        Path draft = Files.createTempFile(folder, "draft", ".pem", mode(folder, "rw-------"));
        Files.write(draft, pem.getBytes(StandardCharsets.US_ASCII));
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] mode(Path place, String permissions) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
