package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CharacterId;
import dev.terrane.gateway.ConnectionLimits.Entry;
import dev.terrane.gateway.ResumeTokens.Check;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is checked before a session exists: origins, connection counts, rates, names, resume tokens. */
class DoorChecksTest {
    @Test
    void countsConnectionsInAllAndPerAddress() {
        ConnectionLimits limits = new ConnectionLimits(3, 2);
        assertThat(limits.tryEnter("a")).isEqualTo(Entry.ACCEPTED);
        assertThat(limits.tryEnter("a")).isEqualTo(Entry.ACCEPTED);
        assertThat(limits.tryEnter("a")).isEqualTo(Entry.TOO_MANY_FROM_ADDRESS);
        assertThat(limits.tryEnter("b")).isEqualTo(Entry.ACCEPTED);
        assertThat(limits.tryEnter("c")).isEqualTo(Entry.TOO_MANY);
        limits.release("a");
        assertThat(limits.tryEnter("c")).isEqualTo(Entry.ACCEPTED);
        assertThat(limits.connectionCount()).isEqualTo(3);
    }

    @Test
    void noticesConnectionThatIsGivenBackTwice() {
        ConnectionLimits limits = new ConnectionLimits(3, 2);
        limits.tryEnter("a");
        limits.release("a");
        assertThatThrownBy(() -> limits.release("a")).isInstanceOf(IllegalStateException.class);
        assertThat(limits.connectionCount()).isZero();
    }

    @Test
    void letsListedOriginsAndOwnPagesIn() {
        OriginRules rules = new OriginRules(List.of("https://play.example.org", "same"));
        assertThat(rules.allows("https://PLAY.example.org", "x")).isTrue();
        assertThat(rules.allows("http://localhost:8080", "localhost:8080")).isTrue();
        assertThat(rules.allows("http://localhost:8081", "localhost:8080")).isFalse();
        assertThat(rules.allows("https://play.example.org.evil.net", "x")).isFalse();
        assertThat(rules.allows("null", "localhost:8080")).isFalse();
        assertThat(rules.allows("http://localhost:8080", null)).isFalse();
        assertThat(rules.allows(null, "x")).as("programs send no Origin").isTrue();
        assertThat(new OriginRules(List.of("*")).allows("https://anywhere.net", null))
                .isTrue();
        assertThat(new OriginRules(List.of()).allows("https://anywhere.net", "anywhere.net"))
                .isFalse();
    }

    @Test
    void namesOriginRuleThatIsNone() {
        assertThatThrownBy(() -> new OriginRules(List.of("https://a.org/"))).hasMessageContaining("https://a.org/");
    }

    @Test
    void refillsBucketWithTime() {
        RateBucket bucket = new RateBucket(10, 3, 0);
        assertThat(List.of(bucket.tryTake(0), bucket.tryTake(0), bucket.tryTake(0), bucket.tryTake(0)))
                .containsExactly(true, true, true, false);
        assertThat(bucket.tryTake(99_999_999L)).isFalse();
        assertThat(bucket.tryTake(100_000_000L)).isTrue();
        assertThat(bucket.tryTake(100_000_000L)).isFalse();
        long later = 10_000_000_000L;
        assertThat(List.of(bucket.tryTake(later), bucket.tryTake(later), bucket.tryTake(later), bucket.tryTake(later)))
                .containsExactly(true, true, true, false);
    }

    @Test
    void knowsVisibleNames() {
        assertThat(List.of("A", "Ädä 7", "名前", "x".repeat(24), "🚀".repeat(24))).allMatch(PlayerName::valid);
        assertThat(List.of("", " a", "a ", "x".repeat(25), "a\tb", "a\u0000", "a\u200Bb", "\uD800", "a\u2028b"))
                .noneMatch(PlayerName::valid);
    }

    @Test
    void knowsResumeTokensOfItsOwnKeyOnly() {
        CharacterId ada = new CharacterId(new UUID(1, 2));
        CharacterId eve = new CharacterId(new UUID(1, 3));
        ResumeTokens tokens = new ResumeTokens(new byte[32]);
        byte[] otherKey = new byte[32];
        otherKey[31] = 1;
        String token = tokens.issue(77, ada);

        assertThat(tokens.check(token, ada)).isEqualTo(Check.GENUINE);
        assertThat(tokens.check(token, eve)).isEqualTo(Check.FOREIGN);
        assertThat(new ResumeTokens(otherKey).check(token, ada)).isEqualTo(Check.UNKNOWN);
        for (int i = 0; i < token.length() - 1; i++) {
            char flipped = token.charAt(i) == 'A' ? 'B' : 'A';
            String forged = token.substring(0, i) + flipped + token.substring(i + 1);
            assertThat(tokens.check(forged, ada)).isEqualTo(Check.UNKNOWN);
        }
        assertThat(List.of("", "?", token + "AAAA", "A".repeat(5_000)))
                .allMatch(text -> tokens.check(text, ada) == Check.UNKNOWN);
    }

    @Test
    void refusesSettingsOutOfRangeByName() {
        assertThatThrownBy(() -> new GatewaySettings.Interest(0, 1, 100)).hasMessageContaining("radiusMetres");
        assertThatThrownBy(() -> new GatewaySettings.Snapshots(1, 10, 1)).hasMessageContaining("bytesMax");
        assertThatThrownBy(() -> new GatewaySettings.Messages(1024, 1, 1, 2)).hasMessageContaining("unackedInputsMax");
    }
}
