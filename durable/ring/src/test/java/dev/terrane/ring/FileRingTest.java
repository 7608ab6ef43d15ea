package dev.terrane.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRingTest {
    @TempDir
    private Path folder;

    private static byte[] part(int length, int value) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private long bytesOnDisk() throws IOException {
        long sum = 0;
        for (Path file : FileRing.files(folder)) {
            sum += Files.size(file);
        }
        return sum;
    }

    @Test
    void letsTheOldestGoAndNeverTakesMoreThanItsBytes() throws IOException {
        try (FileRing ring = FileRing.open(folder, 1000)) {
            for (int i = 0; i < 100; i++) {
                ring.turn(false);
                assertThat(ring.append(part(50, i), 50)).isTrue();
                assertThat(bytesOnDisk()).isEqualTo(ring.bytes()).isLessThanOrEqualTo(1000);
            }
            List<Path> files = FileRing.files(folder);
            assertThat(files.size()).isBetween(5, 9);
            byte[] newest = Files.readAllBytes(files.getLast());
            assertThat(newest[newest.length - 1]).isEqualTo((byte) 99);
        }
    }

    @Test
    void turnsOnlyWhenAFileIsLargeEnoughOrSomethingElseBegins() throws IOException {
        try (FileRing ring = FileRing.open(folder, 8000)) {
            assertThat(ring.turn(false)).isTrue();
            ring.append(part(10, 1), 10);
            assertThat(ring.turn(false)).isFalse();
            assertThat(ring.turn(true)).isTrue();
            ring.append(part(1000, 1), 1000);
            assertThat(ring.turn(false)).isTrue();
        }
    }

    @Test
    void refusesWhatTheNewestFileAloneHasNoRoomFor() throws IOException {
        try (FileRing ring = FileRing.open(folder, 100)) {
            ring.turn(false);
            assertThat(ring.append(part(60, 1), 60)).isTrue();
            assertThat(ring.append(part(60, 1), 60)).isFalse();
            assertThat(ring.turn(true)).isTrue();
            assertThat(ring.append(part(60, 2), 60)).isTrue();
            assertThat(FileRing.files(folder)).hasSize(1);
        }
    }

    @Test
    void letsNobodyGoForWhatItHasNoRoomForAnyway() throws IOException {
        try (FileRing ring = FileRing.open(folder, 100)) {
            ring.turn(false);
            ring.append(part(40, 1), 40);
            ring.turn(true);
            ring.append(part(40, 2), 40);
            assertThat(ring.append(part(61, 2), 61)).isFalse();
            assertThat(FileRing.files(folder)).hasSize(2);
        }
    }

    @Test
    void findsItsFilesAgainInALandOfOtherDigits() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try (FileRing ring = FileRing.open(folder, 1000)) {
            ring.turn(false);
            ring.append(part(40, 1), 40);
        } finally {
            Locale.setDefault(before);
        }
        assertThat(FileRing.files(folder)).hasSize(1);
    }

    @Test
    void goesOnBehindWhatAnEarlierProcessLeft() throws IOException {
        try (FileRing ring = FileRing.open(folder, 1000)) {
            ring.turn(false);
            ring.append(part(400, 1), 400);
        }
        Files.writeString(folder.resolve("notes.txt"), "not ours");
        try (FileRing ring = FileRing.open(folder, 1000)) {
            assertThat(ring.bytes()).isEqualTo(400);
            ring.turn(false);
            ring.append(part(400, 2), 400);
            ring.append(part(400, 3), 400);
        }
        List<Path> files = FileRing.files(folder);
        assertThat(files).hasSize(1);
        assertThat(Files.readAllBytes(files.getFirst())[0]).isEqualTo((byte) 2);
        assertThat(FileRing.files(folder.resolve("nowhere"))).isEmpty();
    }
}
