package dev.terrane.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SingleWriterTest {
    private final SingleWriter writer = writer(0);

    private static SingleWriter writer(int region) {
        return new SingleWriter(new CellId(new WorldId("w"), new RegionId(region, 0), 0));
    }

    @Test
    void letsTheSeatedWriterPass() {
        assertThatCode(() -> writer.run(writer::require)).doesNotThrowAnyException();
    }

    @Test
    void refusesWhoSitsNowhere() {
        assertThatThrownBy(writer::require)
                .isInstanceOf(NotTheWriterException.class)
                .hasMessageContaining("cell w/0,0#0")
                .hasMessageContaining("offer a CellInput");
    }

    @Test
    void refusesTheWriterOfAnotherCellOnTheSameThread() {
        SingleWriter other = writer(1);
        assertThatThrownBy(() -> other.run(writer::require))
                .isInstanceOf(NotTheWriterException.class)
                .hasMessageContaining("the tick of w/1,0#0");
    }

    @Test
    void refusesASecondWriterEvenTheSame() {
        assertThatThrownBy(() -> writer.run(() -> writer.run(() -> {})))
                .isInstanceOf(NotTheWriterException.class)
                .hasMessageContaining("a second writer");
    }

    @Test
    void refusesASecondThread() throws InterruptedException {
        CountDownLatch seated = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform()
                .start(() -> writer.run(() -> {
                    seated.countDown();
                    await(done);
                }));
        seated.await();
        assertThatThrownBy(() -> writer.run(() -> {})).isInstanceOf(NotTheWriterException.class);
        done.countDown();
        holder.join();
        assertThatCode(() -> writer.run(() -> {})).doesNotThrowAnyException();
    }

    @Test
    void givesTheSeatBackWhenWorkThrows() {
        assertThatThrownBy(() -> writer.run(() -> {
                    throw new IllegalStateException("work");
                }))
                .hasMessage("work");
        boolean[] ran = new boolean[1];
        writer.run(() -> ran[0] = true);
        assertThat(ran[0]).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
