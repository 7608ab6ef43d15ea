package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.handoff.HandoffMachine;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.CellOutputCodec;
import dev.terrane.protocol.cluster.CommandBodies;
import dev.terrane.protocol.cluster.IntentBodies;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RunningImage} as bytes: what each organ of a {@link Body} writes, one after the other, the store first.
 *
 * <p>Written after a tick that cleared the store's change marks: they are no part of it. Not in it either: the slices and what highlights them, which are
 * made anew for gateways that watch anew, and all that a tick empties before its end.
 */
final class RunningFormat {
    static final int PART_COUNT = Part.values().length;
    private static final Part[] PARTS = Part.values();

    private RunningFormat() {}

    /** What an image consists of, in this order; each behind its length. */
    enum Part {
        NUMBERS {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                into.parts.i64(body.tick);
                into.parts.i64(body.rng.state());
                into.parts.i32(body.population.mintedCount());
            }
        },
        ENTITIES {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                into.copyEntities(body.population.store);
            }
        },
        HANDOFFS {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                body.handoffs.writeRunning(into.parts);
            }
        },
        INTENTS_TAKEN {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                body.intents.marks().writeRunning(into.parts);
            }
        },
        NEIGHBOURS {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                into.copyNeighbours(body.neighbours);
            }

            @Override
            void read(Body body, Words words, ByteReader in) {
                body.neighbours.read(in);
            }
        },
        DRIVERS {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                writeDrivers(body.drivers, into.parts);
            }

            @Override
            void read(Body body, Words words, ByteReader in) {
                readDrivers(body, in);
            }
        },
        LAYERS {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                body.layers.write(into.parts);
            }

            @Override
            void read(Body body, Words words, ByteReader in) {
                body.layers.read(in);
            }
        },
        COMMANDS {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                body.commands.writeRunning(words.toCells(), into.parts);
            }

            @Override
            void read(Body body, Words words, ByteReader in) {
                body.commands.readRunning(words.toCells(), in);
            }
        },
        INTENTS_WAITING {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                body.intents.writeRunning(words.toCells(), into.parts);
            }

            @Override
            void read(Body body, Words words, ByteReader in) {
                body.intents.readRunning(words.toCells(), in);
            }
        },
        GHOSTS {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                body.ghosts.write(into);
            }

            @Override
            void read(Body body, Words words, ByteReader in) {
                body.ghosts.read(in);
            }
        },
        PAST {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                into.copyPast(body.past.history());
            }

            @Override
            void read(Body body, Words words, ByteReader in) {
                body.past.history().read(in);
            }
        },
        WHEREABOUTS {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                body.whereabouts.write(into.parts);
            }

            @Override
            void read(Body body, Words words, ByteReader in) {
                body.whereabouts.read(body.spec.cell().world(), in);
            }
        },
        PACE {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                body.pace.write(words.toCells(), into.parts);
            }

            @Override
            void read(Body body, Words words, ByteReader in) {
                body.pace.read(words.toCells(), in);
            }
        },
        OUTBOX {
            @Override
            void write(Body body, Words words, DraftRoom into) {
                body.outbox.write(words, into.parts);
            }

            @Override
            void read(Body body, Words words, ByteReader in) {
                body.outbox.read(body.spec.cell().world(), words, in);
            }
        };

        abstract void write(Body body, Words words, DraftRoom into);

        /** Of all behind {@link #INTENTS_TAKEN}: the others are what a body is made of, see {@link #readState}. */
        void read(Body body, Words words, ByteReader in) {
            throw new IllegalStateException(this + " is read before there is a body");
        }
    }

    /** The first part in which two images differ, in small letters; null when they are the same. */
    static @Nullable String difference(RunningImage one, RunningImage other) {
        ByteReader a = new ByteReader(one.state());
        ByteReader b = new ByteReader(other.state());
        for (Part part : PARTS) {
            int aLength = a.i32();
            int bLength = b.i32();
            int aStart = a.position();
            int bStart = b.position();
            a.skip(aLength);
            b.skip(bLength);
            if (!Arrays.equals(one.state(), aStart, a.position(), other.state(), bStart, b.position())) {
                return part.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            }
        }
        return null;
    }

    /** The entities in an image. */
    static EntityStore entities(RunningImage image, Schema schema) {
        ByteReader in = new ByteReader(image.state());
        in.skip(in.i32());
        in.i32();
        EntityStore store = new EntityStore(schema);
        store.read(in);
        return store;
    }

    /** The two languages that organs keep waiting messages in. */
    record Words(CellInputCodec toCells, CellOutputCodec toGateways) {
        static Words of(WorldId world, IntentBodies bodies, CommandBodies commands) {
            return new Words(new CellInputCodec(world, bodies, commands), new CellOutputCodec(world));
        }
    }

    /** Writes what is small and copies what is large. */
    static RunningDraft draft(Body body, Words words) {
        DraftRoom room = body.rooms.take();
        RunningDraft draft = new RunningDraft(body.spec, body.tick, room, body.rooms);
        for (Part part : PARTS) {
            part.write(body, words, room);
            draft.endPart(part.ordinal(), room);
        }
        return draft;
    }

    static RunningImage image(CellSpec spec, long tick, byte[] state) {
        return new RunningImage(
                spec.cell(),
                spec.epoch(),
                spec.incarnation(),
                tick,
                RunningImage.FORMAT_VERSION,
                spec.world().schema().components().fingerprint(),
                state);
    }

    /** @throws ImageRefusedException if it is not of this cell, build or schema */
    static void require(CellSpec spec, RunningImage image) {
        boolean same = image.cell().equals(spec.cell())
                && image.epoch() == spec.epoch()
                && image.incarnation() == spec.incarnation();
        if (!same) {
            throw new ImageRefusedException(
                    "cell %s under epoch %d cannot go on from the running image of %s under epoch %d"
                            .formatted(spec.cell(), spec.epoch(), image.cell(), image.epoch()));
        }
        if (image.formatVersion() != RunningImage.FORMAT_VERSION) {
            throw new ImageRefusedException(
                    "the running image of %s at tick %d has format version %d, but this build reads only version %d"
                            .formatted(image.cell(), image.tick(), image.formatVersion(), RunningImage.FORMAT_VERSION));
        }
        if (image.schemaFingerprint() != spec.world().schema().components().fingerprint()) {
            throw new ImageRefusedException(
                    "the running image of %s at tick %d was written under another component schema; use the plugins that wrote it"
                            .formatted(image.cell(), image.tick()));
        }
    }

    /** Parts that are fine each may still not fit together: that is damage, too, and no bug of whoever reads. */
    static <T> T sound(RunningImage image, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (MalformedBytesException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new MalformedBytesException("the running image of %s at tick %d does not fit together: %s"
                    .formatted(image.cell(), image.tick(), e));
        }
    }

    /** What a body is made of. The rest is read by {@link #readInto}, from where this stops. */
    static CellState readState(CellSpec spec, ByteReader in) {
        in.i32();
        long tick = in.i64();
        long rngState = in.i64();
        int mintedCount = in.i32();
        in.i32();
        EntityStore store = new EntityStore(spec.world().schema().components());
        store.read(in);
        in.i32();
        HandoffMachine handoffs = Body.newHandoffs(spec);
        handoffs.readRunning(in);
        in.i32();
        IntentMarks marks = IntentMarks.readRunning(spec.cell().world(), in);
        CellState.Minted minted = new CellState.Minted(spec.incarnation(), mintedCount);
        return new CellState(tick, rngState, minted, store, handoffs, marks);
    }

    static void readInto(Body body, CellState state, Words words, ByteReader in) {
        body.tick = state.tick();
        body.population.restoreMinted(state.minted().count());
        body.population.reindex();
        body.board.collect(body.tick); // it learns who is here, and clears the marks of having been read
        body.population.changesCleared();
        for (Part part : PARTS) {
            if (part.compareTo(Part.INTENTS_TAKEN) > 0) {
                int length = in.i32();
                int end = in.position() + length;
                part.read(body, words, in);
                if (in.position() != end) {
                    throw in.malformed("the part " + part + " ends at byte " + in.position() + ", not " + end);
                }
            }
        }
        if (in.remaining() > 0) {
            throw in.malformed(in.remaining() + " bytes too many in a running image");
        }
        body.meters.population(body.population.store.size(), body.drivers, body.handoffs.keptCount());
    }

    static void writeDrivers(Drivers drivers, ByteWriter out) {
        out.varuint(drivers.count());
        for (int i = 0; i < drivers.count(); i++) {
            Driver driver = drivers.at(i);
            out.i64(driver.handle);
            out.i64(driver.entity);
            character(driver.character, out);
            out.varint(driver.ownership);
            out.varint(driver.generation);
            out.i64(driver.session);
            out.i64(driver.formerSession);
            out.varint(driver.gateway);
            out.varint(driver.ackedSeq);
            out.varlong(driver.lingerUntilTick);
            out.f32(driver.viewLagTicks);
            driver.inputs.write(out);
            driver.conduct.write(out);
        }
    }

    static void readDrivers(Body body, ByteReader in) {
        for (int rest = in.count(60); rest > 0; rest--) {
            long handle = in.i64();
            if (!body.population.store.alive(handle)) {
                throw in.malformed("a driver of nobody");
            }
            long entity = in.i64();
            CharacterId character = character(in);
            Driver driver = new Driver(
                    handle, entity, character, in.varint(), AvatarDesk.newBuffer(body, 0), body.conduct.newPlayer());
            driver.generation = in.varint();
            driver.session = in.i64();
            driver.formerSession = in.i64();
            driver.gateway = in.varint();
            driver.ackedSeq = in.varint();
            driver.lingerUntilTick = in.varlong();
            driver.viewLagTicks = in.f32();
            driver.inputs.read(in, driver.session);
            driver.conduct.read(in);
            body.drivers.add(driver);
        }
    }

    static void character(CharacterId character, ByteWriter out) {
        out.i64(character.value().getMostSignificantBits());
        out.i64(character.value().getLeastSignificantBits());
    }

    static CharacterId character(ByteReader in) {
        return new CharacterId(new UUID(in.i64(), in.i64()));
    }

    static CellId cell(WorldId world, ByteReader in) {
        return new CellId(world, new RegionId(in.varint(), in.varint()), in.u8());
    }
}
