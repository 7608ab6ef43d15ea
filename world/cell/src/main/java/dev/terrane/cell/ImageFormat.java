package dev.terrane.cell;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.SchemaChangedException;
import dev.terrane.ecs.SchemaMigration;
import dev.terrane.handoff.HandoffMachine;

/**
 * A cell's state as bytes, and its fingerprint.
 *
 * <pre>
 *   i64 tick · i64 rng · i32 incarnation · i32 minted · i32 length, drivers, layers · i32 length, hand-offs · i32 length, intents · store, until the end
 * </pre>
 *
 * <p>The part of the drivers (inputs that wait) and layers makes a running cell's fingerprint complete; a restart reads over it: sessions do not
 * outlive their cell's epoch, and the steward says anew which layers there are. Of the intents a restart reads how far they were taken; those that
 * wait die with the epoch, too.
 */
final class ImageFormat {
    private ImageFormat() {}

    /** Everything that stands before the store. */
    static void writeHead(Body body, ByteWriter out) {
        out.i64(body.tick);
        out.i64(body.rng.state());
        out.i32(body.spec.incarnation());
        out.i32(body.population.mintedCount());
        int at = openSection(out);
        writePassing(body, out);
        closeSection(out, at);
        at = openSection(out);
        body.handoffs.write(body.tick, out);
        closeSection(out, at);
        at = openSection(out);
        body.intents.write(out);
        closeSection(out, at);
    }

    /** As {@link #writeHead}, but nobody remembers that it was taken. */
    static void rehearseHead(Body body, ByteWriter out) {
        writePassing(body, out);
        body.handoffs.writeRunning(out);
        body.intents.write(out);
    }

    /** Feeds what {@link #writeHead} wrote as {@link #hash} does, and leaves {@code in} behind it. */
    static Head hashHead(ByteReader in, byte[] bytes, StateHash hash) {
        long tick = in.i64();
        long rngState = in.i64();
        int incarnation = in.i32();
        int mintedCount = in.i32();
        hash.add(tick).add(rngState).add(incarnation).add(mintedCount);
        skipSection(in, bytes, hash);
        Section handoffs = skipSection(in, bytes, hash);
        Section intents = skipSection(in, bytes, hash);
        return new Head(tick, rngState, new CellState.Minted(incarnation, mintedCount), handoffs, intents);
    }

    /** The part of an image before the store, as far as a restart reads it. */
    record Head(long tick, long rngState, CellState.Minted minted, Section handoffs, Section intents) {}

    /** Where a section's bytes stand in the image. */
    record Section(int start, int length) {
        ByteReader reader(byte[] bytes) {
            return new ByteReader(bytes, start, length);
        }
    }

    static long hash(Body body) {
        StateHash hash = new StateHash();
        hash.add(body.tick).add(body.rng.state());
        hash.add(body.spec.incarnation()).add(body.population.mintedCount());
        ByteWriter passing = new ByteWriter(1024);
        writePassing(body, passing);
        hash.add(passing.array(), 0, passing.size());
        body.handoffs.hash(hash);
        ByteWriter intents = passing.clear();
        body.intents.write(intents);
        hash.add(intents.array(), 0, intents.size());
        body.population.store.hash(hash);
        return hash.value();
    }

    private static int openSection(ByteWriter out) {
        out.i32(0);
        return out.size();
    }

    private static void closeSection(ByteWriter out, int start) {
        out.patchI32(start - 4, out.size() - start);
    }

    private static void writePassing(Body body, ByteWriter out) {
        writeDrivers(body.drivers, out);
        body.layers.write(out);
        body.commands.write(out);
    }

    private static void writeDrivers(Drivers drivers, ByteWriter out) {
        out.varuint(drivers.count());
        for (int i = 0; i < drivers.count(); i++) {
            Driver driver = drivers.at(i);
            out.i64(driver.handle);
            out.i64(driver.session);
            out.i64(driver.lingerUntilTick);
            driver.inputs.write(out);
        }
    }

    /**
     * Reads an image and compares its fingerprint.
     *
     * @param handoffs a new machine of the cell, under the epoch it will run with
     * @throws ImageRefusedException saying what is wrong and what to do
     */
    static CellState read(CellImage image, WorldSchema schema, HandoffMachine handoffs) {
        if (image.formatVersion() != CellImage.FORMAT_VERSION) {
            throw refused(
                    image,
                    "has format version " + image.formatVersion() + ", but this build reads only version "
                            + CellImage.FORMAT_VERSION,
                    "start the build that wrote it, or delete the world's checkpoints to begin anew");
        }
        try {
            Schema present = schema.components();
            if (image.schemaFingerprint() == present.fingerprint()) {
                return readVerified(image, present, handoffs);
            }
            SchemaMigration migration = schema.past().from(image.schemaFingerprint());
            CellState was = readVerified(image, migration.past(), handoffs);
            handoffs.convertImages(migration::entity);
            return was.with(migration.store(was.store()));
        } catch (SchemaChangedException e) {
            throw refused(
                    image,
                    "was written under " + e.getMessage(),
                    "or else start with the plugins that wrote it, or delete the world's checkpoints to begin anew");
        } catch (MalformedBytesException e) {
            throw damaged(image, e.toString());
        }
    }

    private static CellState readVerified(CellImage image, Schema schema, HandoffMachine handoffs) {
        byte[] bytes = image.state();
        ByteReader in = new ByteReader(bytes);
        StateHash hash = new StateHash();
        Head head = hashHead(in, bytes, hash);
        EntityStore store = new EntityStore(schema);
        store.read(in);
        store.hash(hash);
        if (hash.value() != image.stateHash() || head.tick() != image.tick()) {
            throw damaged(image, "its content does not match its fingerprint");
        }
        handoffs.read(head.handoffs().reader(bytes));
        IntentMarks intents =
                IntentMarks.read(image.cell().world(), head.intents().reader(bytes));
        return new CellState(head.tick(), head.rngState(), head.minted(), store, handoffs, intents);
    }

    private static Section skipSection(ByteReader in, byte[] bytes, StateHash hash) {
        int length = in.i32();
        int start = in.position();
        in.skip(length);
        hash.add(bytes, start, length);
        return new Section(start, length);
    }

    private static ImageRefusedException damaged(CellImage image, String detail) {
        return refused(
                image,
                "is damaged: " + detail,
                "restore the database from a backup, or delete this cell's checkpoint to let it begin anew");
    }

    private static ImageRefusedException refused(CellImage image, String what, String remedy) {
        return new ImageRefusedException(
                "the checkpoint of cell %s at tick %d %s; %s".formatted(image.cell(), image.tick(), what, remedy));
    }
}
