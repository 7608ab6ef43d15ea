package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReleaseTest {
    @Test
    void speaksItsOwnLanguageAndTheOneBefore() {
        Release third = Release.of("0.3.7");
        assertThat(third.speaks(Release.of("0.3"))).isTrue();
        assertThat(third.speaks(Release.of("0.2.9"))).isTrue();
        assertThat(third.speaks(Release.of("0.1"))).isFalse();
        assertThat(third.speaks(Release.of("0.4"))).isFalse();
        assertThat(Release.FIRST.oldestLanguage()).isEqualTo(Release.FIRST.language());
    }

    @Test
    void aMajorReleaseBeginsAnew() {
        Release first = Release.of("1.0.0");
        assertThat(first.speaks(Release.of("0.9"))).isFalse();
        assertThat(first.oldestLanguage()).isEqualTo(first.language());
        assertThat(Release.of("1.1").speaks(first)).isTrue();
    }

    @Test
    void whoSaysNothingIsOfTheFirst() {
        assertThat(Release.of("")).isEqualTo(Release.FIRST);
        assertThat(Release.of("snapshot")).isEqualTo(Release.FIRST);
        assertThat(Release.of("0.0.3")).isEqualTo(Release.FIRST);
        assertThat(Release.of("0.2.1-SNAPSHOT")).isEqualTo(new Release(0, 2, 1));
        assertThat(Release.isOne("0.2")).isTrue();
        assertThat(Release.isOne("0.0")).isFalse();
        assertThat(Release.isOne("latest")).isFalse();
    }

    @Test
    void ordersByLanguageThenPatch() {
        assertThat(Release.of("0.2.0")).isGreaterThan(Release.of("0.1.9"));
        assertThat(Release.of("0.10.0")).isGreaterThan(Release.of("0.9.9"));
        assertThat(Release.of("1.0.0")).isGreaterThan(Release.of("0.999.0"));
        assertThat(Release.of("0.2.1")).isGreaterThan(Release.of("0.2.0"));
    }
}
