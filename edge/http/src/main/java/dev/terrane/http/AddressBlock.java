package dev.terrane.http;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Addresses that share their first bits, as {@code 10.0.0.0/8}. */
record AddressBlock(byte[] base, int bitCount) {

    /** Null when the text is neither an address nor a block. Never asks a name server. */
    static @Nullable AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        byte[] bytes = address.getAddress();
        if (slash < 0) {
            return new AddressBlock(bytes, bytes.length * 8);
        }
        String bits = text.substring(slash + 1);
        if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > bytes.length * 8) {
            return null;
        }
        return new AddressBlock(bytes, Integer.parseInt(bits));
    }

    /** Null when the text is not a literal address. */
    static @Nullable InetAddress address(String literal) {
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != base.length) {
            return false;
        }
        int whole = bitCount / 8;
        if (!Arrays.equals(bytes, 0, whole, base, 0, whole)) {
            return false;
        }
        int rest = bitCount % 8;
        return rest == 0 || ((bytes[whole] ^ base[whole]) & (0xff00 >> rest) & 0xff) == 0;
    }
}
