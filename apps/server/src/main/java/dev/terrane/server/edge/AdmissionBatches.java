package dev.terrane.server.edge;

import dev.terrane.base.CharacterId;
import dev.terrane.checkpoint.CharacterStore;
import dev.terrane.checkpoint.CharacterStore.Entrant;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.gateway.AdmissionAnswer;
import dev.terrane.gateway.Admissions.Request;
import dev.terrane.gateway.GatewayInbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off who asks to be let in: raises the generations of many characters in one transaction, and sees to it that everybody is answered.
 *
 * <pre>
 *   ask (any thread) ─► waiting ─► one job at a time: place each ─► one transaction ─► answers
 *                          ▲  not yet, a little later │
 *                          └──────────────────────────┘
 * </pre>
 */
final class AdmissionBatches {
    private static final int RETRY_MILLIS = 2_000;
    private static final int ASKED_MAX = 40;
    private static final long ASK_AGAIN_MILLIS = 100;
    /** Characters of one transaction. */
    private static final int BATCH_MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(AdmissionBatches.class);

    private final CharacterStore characters;
    private final ScheduledExecutorService jobs;
    private final Desk desk;
    private final Queue<Asked> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean working = new AtomicBoolean();

    /** Decides about each. On job threads, one call at a time. */
    interface Desk {
        /** Answers each in its order; whoever cannot be placed costs nobody else his place. @param requests no character twice */
        List<Placement> place(List<Request> requests);

        /** It has its generation. */
        AdmissionAnswer admitted(Request request, Placement.Entry entry, int generation);

        /** No join was sent, so nobody will answer for the claim: the character may ask again at once. */
        void giveBack(CharacterId character, Placement.Entry entry);
    }

    /** Who asked, and how often the answer was "not yet". As many as there are connections at most. */
    private record Asked(Request request, GatewayInbox answerTo, int times) {
        void answer(AdmissionAnswer answer) {
            answerTo.offer(answer);
        }

        void refuse(AdmissionAnswer.Reason reason) {
            answer(new AdmissionAnswer.Refused(request.session(), request.attempt(), reason, RETRY_MILLIS));
        }
    }

    private record Placed(Asked asked, Placement.Entry entry) {}

    AdmissionBatches(CharacterStore characters, ScheduledExecutorService jobs, Desk desk) {
        this.characters = characters;
        this.jobs = jobs;
        this.desk = desk;
    }

    /** Any thread may call it. */
    void ask(Request request, GatewayInbox answerTo) {
        ask(new Asked(request, answerTo, 0));
    }

    private void ask(Asked asked) {
        waiting.add(asked);
        if (working.compareAndSet(false, true)) {
            try {
                jobs.execute(this::work);
            } catch (RejectedExecutionException stopping) {
                refuseAll();
            }
        }
    }

    private void refuseAll() {
        for (Asked asked = waiting.poll(); asked != null; asked = waiting.poll()) {
            asked.refuse(AdmissionAnswer.Reason.UNAVAILABLE);
        }
    }

    /** One job at a time: whoever asks while it waits for the store is in the next batch, so a flood costs few transactions. */
    private void work() {
        do {
            try {
                while (!waiting.isEmpty()) {
                    letInNext();
                }
            } finally {
                working.set(false);
            }
        } while (!waiting.isEmpty() && working.compareAndSet(false, true));
    }

    private void letInNext() {
        List<Asked> next = new ArrayList<>();
        Set<CharacterId> listed = new HashSet<>();
        List<Asked> twice = new ArrayList<>();
        for (Asked asked = waiting.poll(); asked != null; asked = next.size() < BATCH_MAX ? waiting.poll() : null) {
            if (listed.add(asked.request().character())) {
                next.add(asked);
            } else {
                twice.add(asked);
            }
        }
        letIn(place(next));
        waiting.addAll(twice);
    }

    private List<Placed> place(List<Asked> next) {
        List<Placed> batch = new ArrayList<>();
        List<Placement> placements;
        try {
            placements = desk.place(next.stream().map(Asked::request).toList());
        } catch (RuntimeException bug) {
            next.forEach(asked -> failed(asked, bug));
            return batch;
        }
        for (int i = 0; i < next.size(); i++) {
            Asked asked = next.get(i);
            switch (placements.get(i)) {
                case Placement.Entry entry -> batch.add(new Placed(asked, entry));
                case Placement.Refused refused -> asked.refuse(refused.reason());
                case Placement.Failed failed -> failed(asked, failed.bug());
                case Placement.NotYet _ -> askAgain(asked);
            }
        }
        return batch;
    }

    private void askAgain(Asked asked) {
        if (asked.times() >= ASKED_MAX) {
            asked.refuse(AdmissionAnswer.Reason.UNAVAILABLE);
            return;
        }
        Asked later = new Asked(asked.request(), asked.answerTo(), asked.times() + 1);
        jobs.schedule(() -> ask(later), ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void letIn(List<Placed> batch) {
        if (batch.isEmpty()) {
            return;
        }
        List<Entrant> entrants = batch.stream()
                .map(placed -> placed.asked().request())
                .map(request -> new Entrant(request.character(), request.name(), request.heldGeneration()))
                .toList();
        try {
            int[] generations =
                    characters.admit(batch.getFirst().asked().request().world(), entrants);
            for (int i = 0; i < generations.length; i++) {
                Asked asked = batch.get(i).asked();
                if (generations[i] == 0) {
                    giveBack(batch.get(i));
                    asked.refuse(AdmissionAnswer.Reason.SUPERSEDED);
                    continue;
                }
                asked.answer(desk.admitted(asked.request(), batch.get(i).entry(), generations[i]));
            }
        } catch (StoreUnavailableException away) {
            LOG.atWarn()
                    .addKeyValue("world", batch.getFirst().asked().request().world())
                    .addKeyValue("characters", batch.size())
                    .log("not admitted, the store is away: {}", away.getMessage());
            for (Placed placed : batch) {
                giveBack(placed);
                placed.asked().refuse(AdmissionAnswer.Reason.UNAVAILABLE);
            }
        } catch (RuntimeException bug) {
            if (batch.size() == 1) {
                giveBack(batch.getFirst());
                failed(batch.getFirst().asked(), bug);
            } else {
                batch.forEach(placed -> letIn(List.of(placed))); // whoever is at fault must not keep the others out
            }
        }
    }

    private void giveBack(Placed placed) {
        desk.giveBack(placed.asked().request().character(), placed.entry());
    }

    private static void failed(Asked asked, RuntimeException bug) {
        Request request = asked.request();
        LOG.atError()
                .setCause(bug)
                .addKeyValue("world", request.world())
                .addKeyValue("session", request.session())
                .addKeyValue("character", request.character())
                .log("not admitted: {}", bug.getMessage());
        asked.refuse(AdmissionAnswer.Reason.UNAVAILABLE);
    }
}
