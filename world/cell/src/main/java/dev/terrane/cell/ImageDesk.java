package dev.terrane.cell;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Takes the cell's images, and knows when commands alone make one due. The tick's, but for the memory of drafts that comes back from elsewhere. */
final class ImageDesk {
    private final Body body;
    /** One is enough: while a draft is being stored, the next is not due yet. */
    private final AtomicReference<ImageDraft.@Nullable Room> spare = new AtomicReference<>();

    private volatile int imageBytesLast;
    private int commandCount;

    ImageDesk(Body body) {
        this.body = body;
    }

    /** So many commands were carried out in this tick: each makes the journal longer that a restart has to read. */
    void carriedOut(int commandCount) {
        this.commandCount += commandCount;
    }

    /** Whether so many commands were carried out since the last image that another one is due. */
    boolean due() {
        return commandCount >= body.spec.settings().images().commandCountMax();
    }

    /** Copies the state as it is between two ticks. */
    ImageDraft take() {
        long began = body.ports.stopwatchNanos().getAsLong();
        commandCount = 0;
        ImageDraft.Room room = spare.getAndSet(null);
        if (room == null) {
            room = new ImageDraft.Room(body.population.store);
        }
        ImageFormat.writeHead(body, room.head.clear());
        body.population.store.copy(room.store);
        ImageDraft draft = new ImageDraft(this, body.spec, body.tick, room);
        body.meters.imageNanos.record(body.ports.stopwatchNanos().getAsLong() - began);
        return draft;
    }

    /** @param imageBytes 0: nothing was encoded. Any thread */
    void giveBack(ImageDraft.Room room, int imageBytes) {
        if (imageBytes > 0) {
            imageBytesLast = imageBytes;
        }
        spare.set(room);
    }

    /** The last image, and a bit for what came since. */
    int imageBytesExpected() {
        return imageBytesLast + imageBytesLast / 16 + 1024;
    }
}
