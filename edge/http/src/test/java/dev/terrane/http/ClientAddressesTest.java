package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {
    private final ClientAddresses trusting =
            new ClientAddresses(new TrustSettings(List.of(), true, List.of("127.0.0.1", "10.0.0.0/8", "fd00::/8")));

    @Test
    void takesTheRightmostAddressThatIsNoProxy() {
        assertThat(trusting.clientOf("127.0.0.1", List.of("1.1.1.1, 2.2.2.2, 10.1.2.3")))
                .isEqualTo("2.2.2.2");
        assertThat(trusting.clientOf("127.0.0.1", List.of("1.1.1.1", "2.2.2.2")))
                .isEqualTo("2.2.2.2");
        assertThat(trusting.clientOf("10.9.9.9", List.of("2.2.2.2:5555"))).isEqualTo("2.2.2.2");
    }

    @Test
    void believesNobodyElse() {
        assertThat(trusting.clientOf("8.8.8.8", List.of("1.1.1.1"))).isEqualTo("8.8.8.8");
        ClientAddresses off = new ClientAddresses(TrustSettings.defaults());
        assertThat(off.clientOf("127.0.0.1", List.of("1.1.1.1"))).isEqualTo("127.0.0.1");
        assertThat(off.believes("127.0.0.1")).isFalse();
        assertThat(trusting.believes("10.0.0.1")).isTrue();
    }

    @Test
    void stopsAtWhatIsNoAddress() {
        assertThat(trusting.clientOf("127.0.0.1", List.of("1.1.1.1, example.org, 10.0.0.2")))
                .isEqualTo("10.0.0.2");
        assertThat(trusting.clientOf("127.0.0.1", List.of(""))).isEqualTo("127.0.0.1");
        assertThat(trusting.clientOf("127.0.0.1", List.of())).isEqualTo("127.0.0.1");
        assertThat(trusting.clientOf("127.0.0.1", List.of("10.0.0.1, 10.0.0.2")))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void countsOneNetworkOfIpv6AsOneClient() {
        String one = trusting.clientOf("2001:db8:1:2::1", List.of());
        assertThat(one).isEqualTo("2001:db8:1:2::/64");
        assertThat(trusting.clientOf("2001:db8:1:2:ffff::9", List.of())).isEqualTo(one);
        assertThat(trusting.clientOf("2001:db8:1:3::1", List.of())).isNotEqualTo(one);
        assertThat(trusting.clientOf("127.0.0.1", List.of("[2001:db8:1:2::7]:443")))
                .isEqualTo(one);
    }

    @Test
    void knowsBlocksByTheirBits() {
        assertThat(contains("192.168.4.0/22", "192.168.7.255")).isTrue();
        assertThat(contains("192.168.4.0/22", "192.168.8.0")).isFalse();
        assertThat(contains("192.168.4.0/22", "::ffff")).isFalse();
        assertThat(contains("::1", "::1")).isTrue();
        for (String bad : List.of("", "example.org", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1")) {
            assertThat(AddressBlock.parse(bad)).as(bad).isNull();
        }
    }

    private static boolean contains(String block, String address) {
        AddressBlock known = AddressBlock.parse(block);
        InetAddress literal = AddressBlock.address(address);
        return known != null && literal != null && known.contains(literal);
    }
}
