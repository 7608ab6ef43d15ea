package dev.terrane.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionTextTest {
    @Test
    void describesEachKind() {
        assertThat(new StripPartition(4, 512, 1024).describe()).isEqualTo("strip;count=4;width=512.0;depth=1024.0");
        assertThat(new HexPartition(4, 4, 256).describe()).isEqualTo("hex;columns=4;rows=4;radius=256.0");
        assertThat(new SinglePartition(100, 50).describe()).isEqualTo("single;width=100.0;depth=50.0");
    }

    @Test
    void readsKeysInAnyOrder() {
        assertThat(Partition.parse("hex;radius=2.5;rows=3;columns=4")).isEqualTo(new HexPartition(4, 3, 2.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | kind '' must be strip, hex or single",
                "h3;resolution=5 | kind 'h3' must be strip, hex or single",
                "hex;columns=4;rows=4 | 'radius' is missing",
                "hex;columns=4;rows=4;radius=1;radius=2 | 'radius' is given twice",
                "hex;columns=4;rows=4;radius=1;height=2 | unknown keys [height]",
                "hex;columns=4;rows=4;radius | 'radius' is not of the form key=value",
                "hex;columns=four;rows=4;radius=1 | columns 'four' must be a whole number",
                "hex;columns=4;rows=0;radius=1 | rows is 0 but must be 1 to 65536",
                "hex;columns=60000;rows=60000;radius=1 | columns · rows is 2147483647 but must be 1 to 65536",
                "strip;count=4;width=wide;depth=1 | width 'wide' must be a number of metres",
                "strip;count=4;width=NaN;depth=1 | width is NaN but must be more than 0",
                "single;width=1;depth=-1 | depth is -1.0 but must be more than 0",
                "single;width=1;depth=Infinity | depth is Infinity but must be more than 0"
            })
    void namesWhatIsWrong(String description, String complaint) {
        assertThatThrownBy(() -> Partition.parse(description))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("partition '" + description + "': ")
                .hasMessageContaining(complaint);
    }
}
