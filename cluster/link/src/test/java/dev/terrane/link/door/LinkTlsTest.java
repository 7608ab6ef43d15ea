package dev.terrane.link.door;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class LinkTlsTest {
    @Test
    void nettyStillHasWhatIsPreparedBeforeItIsNeeded() {
        assertThatCode(() -> Class.forName(LinkTls.SERVER_SIDE)).doesNotThrowAnyException();
    }
}
