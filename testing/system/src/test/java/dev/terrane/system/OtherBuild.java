package dev.terrane.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * A build of another minor release, made from these very sources as the next release would change them, and compiled: its number, and a kind of log entry that only it knows, written when all have agreed on a
 * release that has it. Its folder stands before everything else on the class path.
 */
final class OtherBuild {
    private static final String ROOM = "cluster/coordinator/src/main/java/dev/terrane/coordinator/";
    private static final String OWN = "OWN = new Release(0, 1, 0);";
    private static final String WRITES = "        write(writer, entry.command());\n";
    private static final String READS = "            case 9 ->\n";

    private OtherBuild() {}

    /** Class path of release 0.{@code minor}, with its classes in this folder. */
    static String make(Path folder, int minor) {
        try {
            Path sources = Files.createDirectories(folder.resolve("sources"));
            List<String> files = new ArrayList<>();
            files.add(changed(sources, "Release.java", OWN, "OWN = new Release(0, %d, 0);".formatted(minor)));
            String codec = changed(sources, "EntryCodec.java", WRITES, """
                        if (language >= 2 && entry.command() instanceof Command.StandbyReady(CellId cell, long epoch, NodeId node, long chosen)) {
                            writeCell(writer, 40, cell, epoch);
                            writer.utf8("as of 0.2");
                            writer.utf8(node.name());
                            writer.varulong(chosen);
                        } else {
                            write(writer, entry.command());
                        }
                """);
            Files.writeString(Path.of(codec), replaced(Files.readString(Path.of(codec)), READS, """
                            case 40 -> {
                                CellId cell = CellBytes.read(reader);
                                long epoch = reader.varulong();
                                reader.utf8(64);
                                yield new Command.StandbyReady(cell, epoch, node(reader), reader.varulong());
                            }
                """ + READS));
            files.add(codec);
            Path classes = Files.createDirectories(folder.resolve("classes"));
            List<String> words = new ArrayList<>(
                    List.of("-nowarn", "-proc:none", "-implicit:none", "-d", classes.toString(), "-cp", classPath()));
            words.addAll(files);
            int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
            if (code != 0) {
                throw new IllegalStateException("the other build does not compile");
            }
            return classes + File.pathSeparator + classPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static String changed(Path sources, String name, String from, String to) throws IOException {
        Path target = sources.resolve(name);
        Files.writeString(target, replaced(Files.readString(Path.of("../..", ROOM, name)), from, to));
        return target.toString();
    }

    private static String replaced(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new IllegalStateException("the sources have changed, there is no: " + from);
        }
        return text.replace(from, to);
    }
}
