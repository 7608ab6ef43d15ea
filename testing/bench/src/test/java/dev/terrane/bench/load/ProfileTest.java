package dev.terrane.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProfileTest {
    @Test
    void takesThreadsThatDifferByTheirNumberForOneFamily() {
        assertThat(Profile.family("vert.x-eventloop-thread-12")).isEqualTo("vert.x-eventloop-thread-N");
        assertThat(Profile.family("world-bench-mwql79wr-0")).isEqualTo("world-N");
    }
}
