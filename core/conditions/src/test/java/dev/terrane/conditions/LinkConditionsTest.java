package dev.terrane.conditions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkConditionsTest {
    @Test
    void readsPartsInAnyOrder() {
        assertThat(LinkConditions.parse("stalls=6, kbps=2000,rtt=100,stall=300,seed=-7,jitter=20"))
                .isEqualTo(new LinkConditions(100, 20, 300, 6, 2000, -7));
    }

    @Test
    void leavesOutWhatIsAsItIs() {
        assertThat(LinkConditions.parse("jitter=20")).isEqualTo(new LinkConditions(0, 20, 0, 0, 0, 0));
        assertThat(new LinkConditions(0, 20, 0, 0, 0, 0)).hasToString("jitter=20");
    }

    @Test
    void saysNoneWhenNothingIsWorse() {
        assertThat(LinkConditions.parse("none")).isEqualTo(LinkConditions.NONE).hasToString("none");
        assertThat(LinkConditions.NONE.isNone()).isTrue();
        assertThat(LinkConditions.parse("rtt=0,seed=3").isNone()).isTrue();
        assertThat(LinkConditions.parse("kbps=8").isNone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | '' is not of the form name=number",
                "rtt | 'rtt' is not of the form name=number",
                "rtt=100, | '' is not of the form name=number",
                "none,rtt=1 | 'none' is not of the form name=number",
                "rtt=100,delay=5 | 'delay' is none of rtt, jitter, stall, stalls, kbps, seed",
                "rtt=100,rtt=100 | 'rtt' is given twice",
                "rtt=fast | rtt='fast' must be a whole number",
                "jitter=1.5 | jitter='1.5' must be a whole number",
                "jitter= | jitter='' must be a whole number",
                "rtt=2001 | rtt=2001 must be 0 to 2000 ms",
                "rtt=-1 | rtt=-1 must be 0 to 2000 ms",
                "rtt=4294967297 | rtt=2147483647 must be 0 to 2000 ms",
                "jitter=1001 | jitter=1001 must be 0 to 1000 ms",
                "stall=5001,stalls=1 | stall=5001 must be 0 to 5000 ms",
                "stall=1,stalls=61 | stalls=61 must be 0 to 60 a minute",
                "kbps=7 | kbps=7 must be 8 to 1000000 kbit/s, or 0 for no limit",
                "stall=300 | stall=300 with stalls=0: how long (stall, ms) and how often (stalls, a minute) belong together",
                "stalls=6 | stall=0 with stalls=6: how long",
                "stall=1000,stalls=31 | the link would stand still for 31000 of 60000 ms; at most 30000"
            })
    void saysWhichPartIsWrong(String text, String complaint) {
        assertThatThrownBy(() -> LinkConditions.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void doesNotReadLongTexts() {
        assertThatThrownBy(() -> LinkConditions.parse("rtt=1,".repeat(10_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 128 characters")
                .hasMessageNotContaining("rtt=1,rtt=1");
    }
}
