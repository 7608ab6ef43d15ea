package dev.terrane.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResumeKeyTest {
    @Test
    void isTheSameWhereverTheSecretIs() {
        assertThat(ResumeKey.of("a secret of some length"))
                .hasSize(32)
                .isEqualTo(ResumeKey.of("a secret of some length"))
                .isNotEqualTo(ResumeKey.of("another secret"));
    }

    @Test
    void differsFromRunToRunWhereNobodySharesIt() {
        assertThat(ResumeKey.ofThisRun()).hasSize(32).isNotEqualTo(ResumeKey.ofThisRun());
    }
}
