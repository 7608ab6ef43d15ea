package dev.terrane.cell;

/** Takes the cell's images, and knows when commands alone make one due. The tick's, but for the memory of drafts that comes back from elsewhere. */
final class ImageDesk {
    private final Body body;
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
        DraftRoom room = body.rooms.take();
        ImageFormat.writeHead(body, room.parts);
        room.copyEntities(body.population.store);
        ImageDraft draft = new ImageDraft(this, body.spec, body.tick, room);
        body.meters.imageNanos.record(body.ports.stopwatchNanos().getAsLong() - began);
        return draft;
    }

    /** So that the first image, too, is a matter of copying: memory is fetched and code is loaded. */
    void prepare() {
        body.rooms.prepare(room -> {
            ImageFormat.rehearseHead(body, room.parts);
            room.copyEntities(body.population.store);
        });
    }

    /** @param imageBytes 0: nothing was encoded. Any thread */
    void giveBack(DraftRoom room, int imageBytes) {
        if (imageBytes > 0) {
            imageBytesLast = imageBytes;
        }
        body.rooms.giveBack(room);
    }

    /** The last image, and a bit for what came since. */
    int imageBytesExpected() {
        return imageBytesLast + imageBytesLast / 16 + 1024;
    }
}
