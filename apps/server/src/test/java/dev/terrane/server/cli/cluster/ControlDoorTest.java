package dev.terrane.server.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ControlDoorTest {
    private final List<String> started = new CopyOnWriteArrayList<>();

    @Test
    void carriesOrdersInAndAnswersOut() throws IOException {
        try (ControlDoor door = ControlDoor.open(this::start)) {
            assertThat(ControlDoor.askToStart(door.where(), "s2", "")).isEmpty();
            assertThat(ControlDoor.askToStart(door.where(), "s3", "/a b.jar:/c"))
                    .isEqualTo("it says:\nno");
        }
        assertThat(started).containsExactly("s2 ", "s3 /a b.jar:/c");
    }

    @Test
    void doesNothingForWhoeverHasNotTheKey() throws IOException {
        try (ControlDoor door = ControlDoor.open(this::start)) {
            ClusterFacts.Door guessed = new ClusterFacts.Door(door.where().port(), "0123456789abcdef");

            assertThat(ControlDoor.askToStart(guessed, "s2", "")).isEqualTo("not for you");
        }
        assertThat(started).isEmpty();
    }

    private String start(String node, String classPath) {
        started.add(node + " " + classPath);
        return node.equals("s2") ? "" : "it says:\nno";
    }
}
