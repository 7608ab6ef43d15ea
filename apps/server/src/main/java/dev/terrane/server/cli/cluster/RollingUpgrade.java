package dev.terrane.server.cli.cluster;

import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.coordinator.Release;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Replaces the nodes of a running local cluster by those of another build, one after the other, while it is played: coordinators, who leads last; sims, each drained first; services; gateways, whose players come back
 * by resuming. A node is asked to end, which is when it drains itself, and nothing is replaced before everybody is back and every cell has a whole copy. What fails leaves the cluster as it is then: called again, it goes on.
 */
public final class RollingUpgrade {
    private static final List<Role> ORDER = List.of(Role.COORDINATOR, Role.SIM, Role.SERVICE, Role.GATEWAY);
    private static final long WHOLE_MILLIS_MAX = 90_000;
    private static final long END_MILLIS_MAX = 90_000;
    private static final long AGREE_MILLIS_MAX = 15_000;
    private static final long LOOK_MILLIS = 100;

    private final Path folder;
    private final Build build;
    private final Surroundings around;

    /**
     * What nodes become.
     *
     * @param everybody also those that are of that release already
     */
    public record Build(Release release, String classPath, boolean everybody) {}

    /**
     * How to ask.
     *
     * @param standbys whether cells have copies for which to wait
     */
    public record Surroundings(
            Function<ClusterFacts, CoordinatorCalls> caller, boolean standbys, Consumer<String> progress) {}

    public RollingUpgrade(Path folder, Build build, Surroundings around) {
        this.folder = folder;
        this.build = build;
        this.around = around;
    }

    /** @throws ClusterUnusableException says what is in the way, and what has not been done */
    public void run() throws InterruptedException {
        Release agreed = agreed(look());
        if (!build.release.speaks(agreed)) {
            throw new ClusterUnusableException(
                    build.release.compareTo(agreed) < 0
                            ? "the cluster has agreed on release %s: there is no way back to %s"
                                    .formatted(agreed.family(), build.release)
                            : "the cluster has agreed on release %s, and %s does not speak it: upgrade one minor release at a time, and finish each (--finish)"
                                    .formatted(agreed.family(), build.release));
        }
        List<String> done = new ArrayList<>();
        for (Role role : ORDER) {
            replace(role, done);
        }
        around.progress.accept(
                build.release.family().equals(agreed.family())
                        ? "all nodes are of release " + build.release
                        : "all nodes are of release %s; when you are content: terrane cluster upgrade --finish. Until then, the former build's upgrade goes back"
                                .formatted(build.release));
    }

    private void replace(Role role, List<String> done) throws InterruptedException {
        while (true) {
            ClusterView view = await("the cluster to be whole", WHOLE_MILLIS_MAX, this::isWhole);
            String leader = view.cluster().get("leader").text();
            ClusterView.SeenNode next = view.nodes().stream()
                    .filter(seen -> seen.node().role() == role
                            && !done.contains(seen.node().name()))
                    .filter(seen -> build.everybody
                            || !seen.said().get("version").text().equals(build.release.toString()))
                    .min(Comparator.comparing(seen -> seen.node().name().equals(leader)))
                    .orElse(null);
            if (next == null) {
                return;
            }
            done.add(next.node().name());
            replace(view.facts(), next);
        }
    }

    private void replace(ClusterFacts facts, ClusterView.SeenNode seen) throws InterruptedException {
        String name = seen.node().name();
        long began = System.nanoTime();
        ProcessFacts before = seen.node().process();
        before.signal("TERM");
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MILLIS_MAX);
        while (before.state() != ProcessFacts.State.GONE) {
            if (System.nanoTime() > end) {
                throw new ClusterUnusableException(name + " does not end; kill it: terrane cluster kill " + name);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        String trouble = facts.askToStart(name, build.classPath);
        if (!trouble.isEmpty()) {
            throw new ClusterUnusableException(
                    name + " does not start as release " + build.release + ", the rest is as it was: " + trouble);
        }
        await(
                name + " to be known as release " + build.release,
                WHOLE_MILLIS_MAX,
                view -> view.nodes().stream()
                        .filter(each -> each.node().name().equals(name))
                        .anyMatch(each -> each.said().get("version").text().equals(build.release.toString())));
        around.progress.accept("%-4s is of release %s after %.1f s"
                .formatted(name, build.release, (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1)));
    }

    /** Has all agree on the release, for good. @throws ClusterUnusableException says who is in the way */
    public void finish() throws InterruptedException {
        await("the cluster to be whole", AGREE_MILLIS_MAX, this::isWhole);
        String release = build.release.family();
        String refusal;
        ClusterFacts facts = ClusterFacts.running(folder);
        try (CoordinatorCalls calls = around.caller.apply(facts)) {
            refusal = calls.agree(release, "terrane cluster upgrade --finish");
        }
        if (!refusal.isEmpty()) {
            throw new ClusterUnusableException("not yet: " + refusal);
        }
        await(
                "all nodes to be of release " + release + ", and all coordinators to be there",
                AGREE_MILLIS_MAX,
                view -> view.cluster().get("release").text().equals(release));
        around.progress.accept("all have agreed on release " + release + "; older nodes are refused from now on");
    }

    private static Release agreed(ClusterView view) {
        if (!view.answered()) {
            throw new ClusterUnusableException("no coordinator answers: a cluster that is not whole is not upgraded");
        }
        return Release.of(view.cluster().get("release").text());
    }

    /** Everybody is known, somebody leads, and wherever there is a second sim, every cell has a whole copy. */
    private boolean isWhole(ClusterView view) {
        boolean known = view.whole()
                && view.nodes().stream().allMatch(seen -> seen.said().there())
                && !view.cluster().get("leader").text().isEmpty();
        long sims = view.nodes().stream()
                .filter(seen -> seen.node().role() == Role.SIM)
                .count();
        return known
                && view.cells().get("cells").items().stream()
                        .allMatch(cell -> !cell.get("owner").text().isEmpty()
                                && (sims < 2
                                        || !around.standbys
                                        || cell.get("ready").isTrue()));
    }

    private ClusterView look() {
        ClusterFacts facts = ClusterFacts.running(folder);
        try (CoordinatorCalls calls = around.caller.apply(facts)) {
            return ClusterView.of(facts, calls);
        }
    }

    private ClusterView await(String what, long millisMax, Predicate<ClusterView> condition)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
        while (true) {
            ClusterView view = look();
            if (condition.test(view)) {
                return view;
            }
            if (System.nanoTime() > end) {
                throw new ClusterUnusableException("waited %d s in vain for %s; see terrane cluster status --cells"
                        .formatted(TimeUnit.MILLISECONDS.toSeconds(millisMax), what));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
