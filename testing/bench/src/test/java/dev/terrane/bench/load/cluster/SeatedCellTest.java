package dev.terrane.bench.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.json.JsonTree;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeatedCellTest {
    @Test
    void readsWhatACoordinatorSays() throws IOException {
        List<SeatedCell> cells = SeatedCell.ofCoordinator(JsonTree.read("""
                {"version":7,"cells":[
                  {"cell":"w/0,-1#0","phase":"held","owner":"s1","epoch":2,"standby":"s2","ready":true},
                  {"cell":"w/0,0#0","phase":"held","owner":"s1","epoch":2,"standby":"s2","ready":false},
                  {"cell":"w/1,0#0","phase":"held","owner":"s1","epoch":2},
                  {"cell":"w/2,0#1","phase":"orphaned","epoch":2,"standby":"s2","ready":true}]}"""));
        assertThat(cells)
                .containsExactly(
                        new SeatedCell("0,-1#0", "s1", true),
                        new SeatedCell("0,0#0", "s1", false),
                        new SeatedCell("1,0#0", "s1", false),
                        new SeatedCell("2,0#1", "", false));
        assertThat(SeatedCell.allRun(cells)).isFalse();
        assertThat(SeatedCell.allRun(cells.subList(0, 3))).isTrue();
    }

    @Test
    void readsWhatAGatewaySays() throws IOException {
        assertThat(SeatedCell.ofGateway(JsonTree.read("""
                {"world":"w","cells":[{"region":"2,-1","layer":0,"worker":"s2","crowded":false}]}"""))).containsExactly(new SeatedCell("2,-1#0", "s2", false));
    }

    @Test
    void findsWhoHasMostAndOfEqualsTheFirstByName() {
        SeatedCell one = new SeatedCell("0,0#0", "s2", true);
        SeatedCell two = new SeatedCell("1,0#0", "s1", true);
        assertThat(SeatedCell.busiest(List.of(one, two), "")).isEqualTo("s1");
        assertThat(SeatedCell.busiest(List.of(one, two), "s1"))
                .as("rather another than the last")
                .isEqualTo("s2");
        assertThat(SeatedCell.busiest(List.of(one, two, one), "s2")).isEqualTo("s2");
        assertThat(SeatedCell.busiest(List.of(), "")).isEmpty();
        assertThat(SeatedCell.allRun(List.of())).isFalse();
    }
}
