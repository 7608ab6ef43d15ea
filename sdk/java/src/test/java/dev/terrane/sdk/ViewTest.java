package dev.terrane.sdk;

import static dev.terrane.sdk.TestFrames.delta;
import static dev.terrane.sdk.TestFrames.entities;
import static dev.terrane.sdk.TestFrames.happens;
import static dev.terrane.sdk.TestFrames.keyframe;
import static dev.terrane.sdk.TestFrames.left;
import static dev.terrane.sdk.TestFrames.link;
import static dev.terrane.sdk.TestFrames.movedX;
import static dev.terrane.sdk.TestFrames.named;
import static dev.terrane.sdk.TestFrames.slice;
import static dev.terrane.sdk.TestFrames.snapshot;
import static dev.terrane.sdk.TestFrames.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Clock;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.FieldCode;
import dev.terrane.protocol.client.LeftReason;
import dev.terrane.protocol.client.Pong;
import dev.terrane.protocol.client.SliceAddress;
import dev.terrane.protocol.client.SliceWriter;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final byte[] NO_ENTITIES = {0};

    private final RecordingListener listener = new RecordingListener();
    private final HandClock clock = new HandClock();
    private final TerraneClient client =
            TerraneClient.unconnected(ClientOptions.guest(URI.create("ws://127.0.0.1:1/ws"), "Ada"), listener, clock);
    private int tick = 100;

    /** Goes on when told to. */
    private static final class HandClock implements Clock {
        private long nanos;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long epochMillis() {
            return nanos / 1_000_000;
        }
    }

    @BeforeEach
    void isWelcome() {
        byte[] welcome = ClientCodec.encode(welcome("resume", 1));
        client.receive(welcome, welcome.length);
        // Entity 5, "Ada", at 10 m from the origin of region 0, whose centre is at 50 m.
        frame(f -> keyframe(f, slice(0, 3), 7, entities(out -> named(out, 0, 5, 1, 10, "Ada"), 1)));
        assertThat(listener.heard()).containsExactly("opened", "entered 5 at 60.0");
    }

    @Test
    void followsAnEntityThroughDeltas() {
        frame(f -> delta(f, slice(0, 3), 7, movedX(0, 10, 12.5f)));
        frame(f -> delta(f, slice(0, 3), 8, movedX(0, 12.5f, -20)));
        assertThat(listener.heard()).containsExactly("changed 5 to 62.5", "changed 5 to 30.0");
        assertThat(client.entities()).singleElement().satisfies(entity -> {
            assertThat(entity.text(TestFrames.NAME)).isEqualTo("Ada");
            assertThat(entity.floatValue(TestFrames.X)).isEqualTo(-20);
            assertThat(entity.has(TestFrames.LAYOUT.flatIndexOf("skirmish.craft", "kind")))
                    .isFalse();
        });
    }

    @Test
    void whatASquadIsToldIsPutBesideWhatEverybodyKnows() {
        frame(f -> keyframe(f, SliceAddress.of(0, 0, 0, 9, 1), 1, entities(out -> link(out, 4, 5, 70), 1)));
        assertThat(listener.heard()).containsExactly("changed 5 to 60.0");
        frame(f -> delta(f, slice(0, 3), 7, movedX(0, 10, 12.5f)));
        assertThat(listener.heard()).containsExactly("changed 5 to 62.5");
        assertThat(client.entities()).singleElement().satisfies(entity -> {
            assertThat(entity.has(TestFrames.FUEL)).isTrue();
            assertThat(entity.bits(TestFrames.FUEL)).isEqualTo(70);
            assertThat(entity.text(TestFrames.NAME)).isEqualTo("Ada");
        });
        frame(f -> keyframe(f, SliceAddress.of(0, 0, 0, 9, 1), 2, NO_ENTITIES));
        assertThat(listener.heard()).containsExactly("changed 5 to 62.5");
        assertThat(client.entities())
                .singleElement()
                .satisfies(entity -> assertThat(entity.has(TestFrames.FUEL)).isFalse());
    }

    @Test
    void whatASquadIsToldOfSomebodyOutOfSightWaitsUntilHeIsSeen() {
        frame(f -> keyframe(f, SliceAddress.of(0, 0, 0, 9, 1), 1, entities(out -> link(out, 0, 6, 70), 1)));
        assertThat(listener.heard()).isEmpty();
        frame(f -> keyframe(f, slice(0, 4), 1, entities(out -> named(out, 0, 6, 1, 0, "Bob"), 1)));
        assertThat(listener.heard()).containsExactly("entered 6 at 50.0");
        assertThat(client.entities())
                .filteredOn(entity -> entity.id() == 6)
                .singleElement()
                .satisfies(entity -> assertThat(entity.bits(TestFrames.FUEL)).isEqualTo(70));
    }

    @Test
    void whoHidesFromOthersStaysInTheViewOfHisSquad() {
        frame(f -> {
            delta(f, slice(0, 3), 7, left(0, LeftReason.HIDDEN));
            keyframe(f, SliceAddress.of(0, 0, 0, 9, 1), 1, entities(out -> named(out, 0, 5, 1, 10, "Ada"), 1));
        });
        assertThat(listener.heard()).containsExactly("changed 5 to 60.0");
    }

    @Test
    void anEntityThatCrossesABorderStaysTheSame() {
        frame(f -> delta(f, slice(0, 3), 7, left(0, LeftReason.HANDED)));
        assertThat(client.entities()).singleElement().satisfies(entity -> {
            assertThat(entity.worldX()).isEqualTo(60);
            assertThat(entity.text(TestFrames.NAME)).isEqualTo("Ada");
        });
        frame(f -> keyframe(f, slice(1, 0), 1, entities(out -> named(out, 9, 5, 2, -49, "Ada"), 1)));
        for (int i = 0; i < 10; i++) {
            frame(f -> {});
        }
        assertThat(listener.heard()).containsExactly("changed 5 to 101.0");
    }

    @Test
    void theCopyWithTheHigherOwnershipIsBelievedInWhicheverOrderTheyCome() {
        frame(f -> keyframe(f, slice(1, 0), 1, entities(out -> named(out, 9, 5, 2, -49, "Ada"), 1)));
        frame(f -> delta(f, slice(0, 3), 7, movedX(0, 10, 12)));
        frame(f -> keyframe(f, slice(1, 1), 1, entities(out -> named(out, 9, 5, 1, 0, "Ada"), 1)));
        assertThat(listener.heard()).containsExactly("changed 5 to 101.0");
    }

    @Test
    void anOlderCopyIsBelievedAgainWhenTheNewerIsForgotten() {
        frame(f -> keyframe(f, slice(1, 0), 1, entities(out -> named(out, 9, 5, 2, -49, "Ada"), 1)));
        frame(f -> f.forget(slice(1, 0)));
        assertThat(listener.heard()).containsExactly("changed 5 to 101.0", "changed 5 to 60.0");
    }

    @Test
    void despawnedHiddenForgottenAndLostAreToldApart() {
        frame(f -> delta(f, slice(0, 3), 7, left(0, LeftReason.DESPAWNED)));
        assertThat(listener.heard()).containsExactly("left 5 DESPAWNED from 60.0");

        frame(f -> keyframe(f, slice(0, 3), 20, entities(out -> named(out, 0, 6, 1, 0, "Bob"), 1)));
        frame(f -> f.forget(slice(0, 3)));
        assertThat(listener.heard()).containsExactly("entered 6 at 50.0", "left 6 LEFT_VIEW from 50.0");

        frame(f -> keyframe(f, slice(0, 3), 30, entities(out -> named(out, 0, 7, 1, 0, "Eve"), 1)));
        frame(f -> delta(f, slice(0, 3), 30, left(0, LeftReason.HANDED)));
        for (int i = 0; i < 4; i++) {
            frame(f -> {});
        }
        assertThat(listener.heard()).containsExactly("entered 7 at 50.0");
        frame(f -> {});
        assertThat(listener.heard()).containsExactly("left 7 LEFT_VIEW from 50.0");
    }

    @Test
    void aKeyframeOfTheWholeViewDropsWhoItDoesNotName() {
        frame(f -> keyframe(f, slice(0, 4), 1, entities(out -> named(out, 0, 6, 1, 0, "Bob"), 1)));
        snap(true, f -> keyframe(f, slice(0, 9), 50, entities(out -> named(out, 3, 6, 1, 1, "Bob"), 1)));
        for (int i = 0; i < 5; i++) {
            frame(f -> {});
        }
        assertThat(listener.heard())
                .containsExactly("entered 6 at 50.0", "changed 6 to 51.0", "left 5 LEFT_VIEW from 60.0");
    }

    @Test
    void tellsEventsOfSlicesAndOfTheAvatarAlone() {
        ByteWriter hit = new ByteWriter(8);
        SliceWriter.event(hit, 0);
        SliceWriter.absolute(hit, FieldCode.INT, 42);
        byte[] event = hit.toBytes();
        frame(f -> {
            delta(f, slice(0, 3), 7, happens(event));
            f.ownEvents(event);
            f.self(TestFrames.self(3.25f));
        });
        assertThat(listener.heard())
                .containsExactly("event skirmish.hit 42 in 0,0", "event skirmish.hit 42 in 0,0", "self at 3.25");
    }

    @Test
    void tellsAboutTheAvatarWithEverySnapshotWhateverOfItChanged() {
        frame(f -> f.self(TestFrames.self(3.25f)));
        frame(f -> {});
        byte[] moved = TestFrames.selfMoved(3.25f, 1000);
        assertThat(moved.length).isLessThan(6);
        frame(f -> f.selfChanges(moved));
        assertThat(listener.heard()).containsExactly("self at 3.25", "self at 3.25", "self at 1000.0");
    }

    @Test
    void changesOfAnAvatarThatWasNeverToldCannotBeFollowed() {
        assertThatThrownBy(() -> frame(f -> f.selfChanges(TestFrames.selfMoved(1, 2))))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("never told");
    }

    @Test
    void aDeltaOfAnotherVersionOrAForeignRegionCannotBeFollowed() {
        assertThatThrownBy(() -> frame(f -> delta(f, slice(0, 3), 6, movedX(0, 10, 12))))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("does not apply")
                .hasMessageContaining("in version 7");
        assertThatThrownBy(() -> frame(f -> delta(f, slice(0, 8), 1, movedX(0, 10, 12))))
                .hasMessageContaining("known is none");
        assertThatThrownBy(() -> frame(f -> keyframe(f, slice(2, 0), 1, NO_ENTITIES)))
                .hasMessageContaining("this world does not have");
    }

    @Test
    void measuresHowOldASliceIsByTheServersClock() {
        clock.nanos = 1_000_000_000; // the ping was sent at 980, so the server's 1_005_090 was half-way, at 990
        byte[] pong = ClientCodec.encode(new Pong(980, 1_005_090));
        client.receive(pong, pong.length);
        assertThat(listener.trips).containsExactly(20.0);
        // Tick 101 was simulated at 1_005_050; now it is 1_005_100 there.
        byte[] body = entities(out -> named(out, 0, 6, 1, 0, "Bob"), 1);
        frame(f -> f.keyframe(slice(0, 9), 1, 0, body));
        frame(f -> f.keyframe(slice(0, 10), 1, 3, NO_ENTITIES));
        assertThat(listener.ages).containsExactly(50.0, 150.0);
        assertThat(client.stats().stalenessTicks()).isEqualTo(3);
    }

    @Test
    void aNewWelcomeStartsWithAnEmptyView() {
        byte[] welcome = ClientCodec.encode(welcome("resume", 1));
        client.receive(welcome, welcome.length);
        assertThat(listener.heard()).containsExactly("left 5 LEFT_VIEW from 60.0", "opened");
        assertThat(client.entities()).isEmpty();
        assertThat(client.stats().reconnectCount()).isEqualTo(1);
    }

    private void frame(Consumer<TestSnapshot> records) {
        snap(false, records);
    }

    private void snap(boolean whole, Consumer<TestSnapshot> records) {
        byte[] bytes = snapshot(tick++, whole, records);
        client.receive(bytes, bytes.length);
    }
}
