package dev.terrane.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonTreeTest {
    @Test
    void readsWhatItWrites() throws IOException {
        String text = "{\"a\":[1,2.5,true,null,\"x\\\"y\"],\"b\":{\"c\":-9007199254740993}}";

        assertThat(JsonTree.write(JsonTree.read(text))).isEqualTo(text);
    }

    @Test
    void findsNothingWhereNothingIs() throws IOException {
        JsonTree tree = JsonTree.read("{\"a\":1}");

        assertThat(tree.get("b").get("c").text()).isEmpty();
        assertThat(tree.get("a").items()).isEmpty();
        assertThat(tree.get("a").get("b").number()).isZero();
        assertThat(tree.get("b").there()).isFalse();
    }

    @Test
    void refusesWhatIsNoJson() {
        for (String text : new String[] {"", "{", "[1,", "nope", "{\"a\" 1}"}) {
            assertThatThrownBy(() -> JsonTree.read(text)).as(text).isInstanceOf(IOException.class);
        }
    }
}
