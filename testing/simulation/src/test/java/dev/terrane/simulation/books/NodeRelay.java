package dev.terrane.simulation.books;

import dev.terrane.command.CommandEnvelope;

/**
 * Passes on what one outbox holds: commands to their lanes, events to whoever listens; then drops it. Dying in between, it tells the same again. Every node has one for each outbox.
 */
final class NodeRelay {
    private static final int ROWS_MAX = 16;
    private static final int POLL_MILLIS = 160;

    private final SimNode node;
    private final Outbox outbox;

    private NodeRelay(SimNode node, Outbox outbox) {
        this.node = node;
        this.outbox = outbox;
    }

    static void start(SimNode node) {
        for (Outbox outbox : node.run.store.outboxes()) {
            new NodeRelay(node, outbox).later();
        }
    }

    private void later() {
        node.after(node.run.time.someMillis(POLL_MILLIS), this::look);
    }

    private void look() {
        node.store(() -> outbox.peek(ROWS_MAX), this::passOn, this::later);
    }

    private void passOn(Outbox.Waiting waiting) {
        if (waiting.ids().isEmpty()) {
            later();
            return;
        }
        if (node.run.sabotage == BooksSabotage.OUTBOX_ROW_LOST) {
            outbox.drop(waiting.ids());
        }
        append(waiting, new int[] {waiting.sent().size()}, new boolean[1]);
    }

    /** Goes on when all are durable in their lanes; if one is not, all are told again. */
    private void append(Outbox.Waiting waiting, int[] missing, boolean[] refused) {
        if (waiting.sent().isEmpty()) {
            publish(waiting);
            return;
        }
        for (CommandEnvelope command : waiting.sent()) {
            node.lanes.append(command, refusal -> {
                refused[0] |= refusal != null;
                if (--missing[0] == 0) {
                    if (refused[0]) {
                        later();
                    } else {
                        publish(waiting);
                    }
                }
            });
        }
    }

    private void publish(Outbox.Waiting waiting) {
        node.soon(() -> {
            node.run.witness.heard(outbox, waiting.events());
            node.store(
                    () -> {
                        outbox.drop(waiting.ids());
                        return true;
                    },
                    _ -> look(),
                    this::later);
        });
    }
}
