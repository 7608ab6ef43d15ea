package dev.terrane.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.bench.load.os.Machine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final List<String> PROMISED = List.of(
            "scenario",
            "clients",
            "snapshotsPerSecondPerClient",
            "serverMicrosPerClientSecond",
            "bytesPerClientSecond",
            "bytesPerEntityUpdate",
            "stalenessMillisP50",
            "stalenessMillisP99",
            "serverCores",
            "botCores",
            "floorRatio");

    @Test
    void printsAllPromisedKeysAsOneObjectPerLine() {
        String line = print(true, point(run(1000, 2), List.of(run(1000, 1))));
        assertThat(line.lines()).hasSize(1);
        PROMISED.forEach(key -> assertThat(line).contains("\"" + key + "\":"));
        assertThat(line).contains("\"scenario\":\"crowd\",\"clients\":1000,").contains("\"counts\":true");
    }

    @Test
    void reportsMicrosPerClientSecondAndTheRatioToTheFloor() {
        Point point = point(run(1000, 2), List.of(run(1000, 1)));
        // 2 s of CPU time for 1,000 clients in 10 s.
        assertThat(point.number("serverMicrosPerClientSecond")).isEqualTo(200);
        assertThat(point.number("serverCores")).isEqualTo(0.2);
        assertThat(point.number("floorRatio")).isEqualTo(2);
        assertThat(point.number("systemTimeShare")).isEqualTo(0.5);
    }

    @Test
    void saysNullWhereNothingWasMeasured() {
        assertThat(print(true, point(run(1000, 2), List.of()))).contains("\"floorRatio\":null");
    }

    @Test
    void doesNotCountWhenBotsAreBusyOrLost() {
        Map<String, Double> busy = new HashMap<>(run(1000, 2).values());
        busy.put("botMicros", 8e6);
        assertThat(point(new BotRun(busy, List.of()), List.of()).counts()).isFalse();
        BotRun lost = new BotRun(run(1000, 2).values(), List.of("3 × CLOSED 4014"));
        Point point = point(lost, List.of());
        assertThat(point.counts()).isFalse();
        assertThat(print(false, point)).contains("does not count", "CLOSED 4014");
    }

    @Test
    void doesNotCountWhenOthersWereOnTheServersCoreUnlessItWentFirst() {
        Map<String, Double> disturbed = new HashMap<>(run(1000, 2).values());
        disturbed.put("serverCoreBusyMicros", 4e6);
        Point point = point(new BotRun(disturbed, List.of()), List.of());
        assertThat(point.number("stolenCores")).isEqualTo(0.2);
        assertThat(point.doubts()).containsExactly("others took 0.20 of the server's core");
        disturbed.put(BotRun.WENT_FIRST, 1.0);
        assertThat(point(new BotRun(disturbed, List.of()), List.of()).counts()).isTrue();
    }

    @Test
    void isHeldFromEighteenSnapshotsOn() {
        Map<String, Double> slow = new HashMap<>(run(1000, 2).values());
        slow.put("snapshotsPerSecondPerClient", 17.9);
        assertThat(point(new BotRun(slow, List.of()), List.of()).held()).isFalse();
        assertThat(point(run(1000, 2), List.of()).held()).isTrue();
        assertThat(point(run(0, 2), List.of()).held()).isFalse();
    }

    private static Point point(BotRun real, List<BotRun> floors) {
        return Point.of("crowd", List.of(real), floors, Map.of("rssBytes", 1e9));
    }

    private static BotRun run(int clients, double cpuSeconds) {
        return new BotRun(
                Map.of(
                        "clients",
                        (double) clients,
                        "seconds",
                        10.0,
                        "snapshotsPerSecondPerClient",
                        20.0,
                        "serverUserMicros",
                        cpuSeconds * 5e5,
                        "serverSystemMicros",
                        cpuSeconds * 5e5,
                        "botMicros",
                        5e6),
                List.of());
    }

    private static String print(boolean json, Point point) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Report(new PrintStream(bytes, true, StandardCharsets.UTF_8), json, new Machine("a machine", "abc"))
                .print(point);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
