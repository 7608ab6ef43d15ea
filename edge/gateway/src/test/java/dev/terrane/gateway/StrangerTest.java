package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.gateway.GatewayFixture.Client;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients of whom nothing is known before their Hello. */
class StrangerTest {
    private final GatewayFixture fixture = new GatewayFixture();
    private final List<String> asked = new ArrayList<>();

    private TokenCheck check(String token) {
        asked.add(token);
        return switch (token) {
            case "good" -> new TokenCheck.Accepted(TestWorld.player(1).verified());
            case "old" -> new TokenCheck.Refused(TokenCheck.Reason.EXPIRED, "it was good once");
            default -> new TokenCheck.Refused(TokenCheck.Reason.BAD_SIGNATURE, "not ours");
        };
    }

    private static Hello hello(int major, String name, String token) {
        return new Hello(major, ProtocolVersion.MINOR, "", name, "", "test", token);
    }

    @Test
    void playsAsWhomItsTokenSays() {
        Client client = fixture.stranger(this::check);
        client.say(hello(ProtocolVersion.MAJOR, "", "good"));
        assertThat(fixture.requests.getLast().character())
                .isEqualTo(TestWorld.player(1).verified().character());
        assertThat(fixture.requests.getLast().name()).isEqualTo("token-1");
        client.admitted(TestWorld.cell(0)).joined(TestWorld.cell(0), 0);
        client.input();
        assertThat(fixture.inputs()).hasSize(1);
        assertThat(asked).containsExactly("good");
    }

    @Test
    void isToldWhatIsWrongWithItsToken() {
        Client late = fixture.stranger(this::check);
        late.say(hello(ProtocolVersion.MAJOR, "Ada", "old"));
        assertThat(late.error()).isEqualTo(ErrorCode.TOKEN_EXPIRED);
        assertThat(late.link.error().message()).isEqualTo("it was good once");
        Client nobody = fixture.stranger(this::check);
        nobody.say(hello(ProtocolVersion.MAJOR, "Ada", ""));
        assertThat(nobody.error()).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(nobody.link.closeCode).isEqualTo(ErrorCode.UNAUTHORIZED.closeCode());
        assertThat(fixture.requests).isEmpty();
        assertThat(fixture.gateway.sessionCount()).isZero();
    }

    /** A Hello of another language may say who it is elsewhere. */
    @Test
    void isToldOfItsVersionBeforeItsToken() {
        Client client = fixture.stranger(this::check);
        client.say(hello(ProtocolVersion.MAJOR + 1, "Ada", "old"));
        assertThat(client.error()).isEqualTo(ErrorCode.VERSION_MISMATCH);
        assertThat(asked).isEmpty();
    }

    @Test
    void cannotSayAnythingBeforeHelloNorWaitForEver() {
        Client hasty = fixture.stranger(this::check);
        hasty.say(new Ping(1));
        assertThat(hasty.error()).isEqualTo(ErrorCode.HELLO_EXPECTED);
        Client silent = fixture.stranger(this::check);
        fixture.pass(6_000);
        assertThat(silent.error()).isEqualTo(ErrorCode.HELLO_EXPECTED);
        Client gone = fixture.stranger(this::check);
        fixture.gateway.onClosed(gone.session);
        assertThat(fixture.closed).containsExactly(ErrorCode.HELLO_EXPECTED, ErrorCode.HELLO_EXPECTED, ErrorCode.NONE);
        assertThat(fixture.bugs).isEmpty();
    }

    @Test
    void isNoLongerOneWhoseDoorKnewItBefore() {
        Client client = fixture.client(2);
        client.say(hello(ProtocolVersion.MAJOR, "Eve", "good"));
        assertThat(fixture.requests.getLast().character())
                .isEqualTo(TestWorld.player(2).verified().character());
    }

    @Test
    void hasNoIdentityToTellOf() {
        assertThatThrownBy(() -> new ConnectionFacts("10.0.0.7", null).verified())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("10.0.0.7");
    }
}
