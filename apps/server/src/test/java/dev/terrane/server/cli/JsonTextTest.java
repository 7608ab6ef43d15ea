package dev.terrane.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void writesTextNumbersAndObjectsInTheirOrder() {
        String json = new JsonText()
                .text("name", "Ada")
                .number("whole", 3)
                .number("part", 0.25)
                .object("inner", inner -> inner.text("a", "b"))
                .end();
        assertThat(json).isEqualTo("{\"name\":\"Ada\",\"whole\":3,\"part\":0.25,\"inner\":{\"a\":\"b\"}}");
        assertThat(new JsonText().end()).isEqualTo("{}");
    }

    @Test
    void escapesWhatWouldEndTheText() {
        assertThat(new JsonText().text("k\"", "a\"b\\c\nd\te\u0000").end())
                .isEqualTo("{\"k\\\"\":\"a\\\"b\\\\c\\nd\\u0009e\\u0000\"}");
    }

    @Test
    void hasNoNumberForWhatIsNone() {
        assertThat(new JsonText()
                        .number("a", Double.NaN)
                        .number("b", Double.POSITIVE_INFINITY)
                        .end())
                .isEqualTo("{\"a\":null,\"b\":null}");
    }
}
