package dev.terrane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Style as a test: sizes of files, door plates, names of tests. */
class TidyTest {
    private static final Path HOUSE = Path.of("../..").toAbsolutePath().normalize();
    private static final int LINES_MAX = 500;
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "dist", "generated", ".git", "data");

    /** Kinds of tests; docs/TESTING.md says what each is. Classes without tests of their own may be called anything. */
    private static final Pattern TEST_KIND = Pattern.compile(".*(Test|Contract|Sim|Stress|Fuzz|IT|Bench)");

    private static final Pattern TEST_METHOD =
            Pattern.compile("@(?:Test|ParameterizedTest|TestFactory|RepeatedTest)\\b[^{;]*?\\b(\\w+)\\(");
    private static final Pattern WEAK_NAME = Pattern.compile("test.*|should.*|it|works|.*_.*|[a-z]+\\d*");

    @Test
    void keepsFilesShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources(".java", ".ts", ".mjs")) {
            long lines = Files.readAllLines(file).size();
            if (lines > LINES_MAX) {
                tooLong.add(HOUSE.relativize(file) + " has " + lines + " lines");
            }
        }
        assertThat(tooLong)
                .as("one idea per file, at most " + LINES_MAX + " lines")
                .isEmpty();
    }

    @Test
    void hasADoorPlateInEveryPackage() throws IOException {
        List<String> without = sources(".java").stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .map(folder -> HOUSE.relativize(folder).toString())
                .toList();
        assertThat(without).as("packages without package-info.java").isEmpty();
    }

    @Test
    void namesTestsAfterTheirKindAndBehaviour() throws IOException {
        List<String> badNames = new ArrayList<>();
        for (Path file : sources(".java")) {
            if (!file.toString().contains("/src/test/java/")) {
                continue;
            }
            String name = file.getFileName().toString().replace(".java", "");
            Matcher methods = TEST_METHOD.matcher(Files.readString(file));
            while (methods.find()) {
                if (!TEST_KIND.matcher(name).matches()) {
                    badNames.add(name + " has tests, but no suffix that tells their kind");
                    break;
                }
                if (WEAK_NAME.matcher(methods.group(1)).matches()) {
                    badNames.add(name + "." + methods.group(1) + " should be a sentence in present tense");
                }
            }
        }
        assertThat(badNames).isEmpty();
    }

    private static List<Path> sources(String... endings) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(HOUSE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                for (String ending : endings) {
                    if (file.toString().endsWith(ending)) {
                        found.add(file);
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
