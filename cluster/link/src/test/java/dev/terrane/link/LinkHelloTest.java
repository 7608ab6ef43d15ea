package dev.terrane.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.terrane.base.NodeId;
import dev.terrane.bytes.MalformedBytesException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkHelloTest {
    private static final VersionWindow OWN = new VersionWindow(1, 2);

    @Test
    void readsWhatWasWritten() {
        LinkHello hello = speaking(OWN);
        byte[] bytes = hello.encode();
        assertThat(LinkHello.decode(bytes, 0, bytes.length, OWN)).isEqualTo(hello);
    }

    @Test
    void letsANewerBuildAddSomethingAndNobodyElse() {
        LinkHello newer = speaking(new VersionWindow(2, 3));
        byte[] bytes = newer.encode();
        assertThat(LinkHello.decode(Arrays.copyOf(bytes, bytes.length + 5), 0, bytes.length + 5, OWN))
                .isEqualTo(newer);
        byte[] same = speaking(OWN).encode();
        assertThatExceptionOfType(MalformedBytesException.class)
                .isThrownBy(() -> LinkHello.decode(Arrays.copyOf(same, same.length + 1), 0, same.length + 1, OWN));
    }

    @Test
    void refusesEveryGreetingThatIsCutShort() {
        byte[] bytes = speaking(OWN).encode();
        for (int length = 0; length < bytes.length; length++) {
            int cut = length;
            assertThatExceptionOfType(MalformedBytesException.class)
                    .isThrownBy(() -> LinkHello.decode(bytes, 0, cut, OWN));
        }
    }

    private static LinkHello speaking(VersionWindow versions) {
        return new LinkHello("ours", new NodeId("sim-1"), -5, List.of("sim", "gateway"), versions);
    }
}
