package dev.terrane.clustersim.log;

import dev.terrane.clustersim.time.Host;
import dev.terrane.coordinator.CoordinatorLog;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.EntryCodec;
import dev.terrane.coordinator.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One coordinator's part in the log. */
final class LogCopy {
    private static final CoordinatorLog.Leadership NOBODY = new CoordinatorLog.Leadership(0, "", false);

    private final LogModel model;
    private final int index;
    private @Nullable Host host;
    private CoordinatorState state = new CoordinatorState();
    private final List<Outcome> outcomes = new ArrayList<>();
    private Runnable listener = () -> {};
    private CoordinatorLog.Leadership view = NOBODY;

    LogCopy(LogModel model, int index) {
        this.model = model;
        this.index = index;
    }

    int index() {
        return index;
    }

    Host host() {
        return Objects.requireNonNull(host);
    }

    boolean isRunning() {
        return host != null && host.isAlive() && !host.isPaused();
    }

    CoordinatorLog.Leadership view() {
        return view;
    }

    int believedLeader() {
        return view.leader().isEmpty() ? -1 : Integer.parseInt(view.leader().substring(1));
    }

    /** Everything that it had before is applied again, from the disk. */
    void begin(Host fresh) {
        int had = outcomes.size();
        host = fresh;
        state = new CoordinatorState();
        outcomes.clear();
        listener = () -> {};
        view = NOBODY;
        while (outcomes.size() < had) {
            applyNext();
        }
    }

    private void applyNext() {
        LogModel.Kept next = model.order.get(outcomes.size());
        outcomes.add(state.apply(next.term(), EntryCodec.decode(next.entry())));
    }

    void applyAll() {
        int before = outcomes.size();
        while (outcomes.size() < model.order.size()) {
            applyNext();
        }
        if (outcomes.size() > before) {
            listener.run();
        }
    }

    Outcome outcome(int position) {
        return outcomes.get(position - 1);
    }

    void see(CoordinatorLog.Leadership now) {
        view = now;
        listener.run();
    }

    /** What a life of its node has of it. */
    CoordinatorLog handle(Host life) {
        return new CoordinatorLog() {
            @Override
            public void propose(Entry entry, Consumer<Proposed> answer) {
                model.propose(LogCopy.this, life, EntryCodec.encode(entry), answer);
            }

            @Override
            public <T> T read(Function<CoordinatorState, T> look) {
                return look.apply(state);
            }

            @Override
            public Leadership leadership() {
                return view;
            }

            @Override
            public void onChange(Runnable newListener) {
                listener = newListener;
            }
        };
    }
}
