package dev.terrane.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;

/** A coordinator's folder, looked at before Ratis does: Ratis would start with an empty state where a snapshot is missing, and would overwrite a log whose votes are missing. */
final class StorageFolder {
    static final String WAY_OUT =
            "Move the coordinator's folder away and start it again: the others give it everything. Do that with one coordinator at a time.";

    private static final Pattern SNAPSHOT = Pattern.compile("snapshot\\.(\\d+)_(\\d+)");
    private static final Pattern LOG = Pattern.compile("log_(?:inprogress_)?(\\d+)(?:-\\d+)?");
    private static final String VOTES = "raft-meta";

    private StorageFolder() {}

    /**
     * How Ratis has to begin with it.
     *
     * @param group of one log, below the coordinator's folder
     * @throws CoordinatorLogException if something is missing or damaged
     */
    static StartupOption look(Path group) {
        Path current = group.resolve("current");
        Path snapshots = group.resolve("sm");
        long logBegin = Long.MAX_VALUE;
        for (String name : names(current)) {
            Matcher log = LOG.matcher(name);
            if (log.matches()) {
                logBegin = Math.min(logBegin, Long.parseLong(log.group(1)));
            }
        }
        long newest = -1;
        Path newestFile = null;
        for (String name : names(snapshots)) {
            Matcher snapshot = SNAPSHOT.matcher(name);
            if (snapshot.matches() && Long.parseLong(snapshot.group(2)) > newest) {
                newest = Long.parseLong(snapshot.group(2));
                newestFile = snapshots.resolve(name);
            }
        }
        boolean empty = logBegin == Long.MAX_VALUE && newestFile == null;
        if (!Files.exists(current.resolve(VOTES))) {
            if (empty) {
                return StartupOption.FORMAT;
            }
            throw new CoordinatorLogException("%s is missing, though there is a log or a snapshot beside it. %s"
                    .formatted(current.resolve(VOTES), WAY_OUT));
        }
        if (newestFile != null) {
            SnapshotFile.read(newestFile);
        }
        if (logBegin != Long.MAX_VALUE && logBegin > newest + 1) {
            throw new CoordinatorLogException(
                    "the log in %s begins with entry %d, but the newest snapshot in %s ends %s. %s"
                            .formatted(
                                    current,
                                    logBegin,
                                    snapshots,
                                    newest < 0 ? "nowhere: there is none" : "with " + newest,
                                    WAY_OUT));
        }
        return StartupOption.RECOVER;
    }

    /** The first log file that cannot be read: Ratis says what is wrong with it, but not which it is. */
    static Optional<Path> damagedLog(Path group) {
        Path current = group.resolve("current");
        for (String name : names(current)) {
            LogSegmentPath log = LogSegmentPath.matchLogSegment(current.resolve(name));
            if (log == null) {
                continue;
            }
            try {
                LogSegment.readSegmentFile(
                        log.getPath().toFile(),
                        log.getStartEnd(),
                        RatisProperties.BATCH_SIZE,
                        CorruptionPolicy.EXCEPTION,
                        null,
                        entry -> {});
            } catch (IOException | RuntimeException e) {
                return Optional.of(log.getPath());
            }
        }
        return Optional.empty();
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new CoordinatorLogException("the coordinator's folder %s cannot be read: %s".formatted(folder, e), e);
        }
    }
}
