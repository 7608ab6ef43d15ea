package dev.terrane.server.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.EntityId;
import dev.terrane.base.NodeId;
import dev.terrane.cell.Passage;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.Telling;
import dev.terrane.server.witness.Traces;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Administrators speak to a real cluster by REST of its leader and of a follower. */
@Timeout(300)
class AdminApiIT {
    @TempDir
    Path folder;

    private static void assertRefused(HttpResponse<String> answer, int status, String errorCode) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error_code\":\"" + errorCode + "\"");
    }

    private static void assertDone(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"index\":", "\"term\":");
    }

    @Test
    void showsTheClusterAndDoesWhatAdministratorsSay() throws Exception {
        try (Cluster cluster = new Cluster(folder, 2, 2)) {
            for (String name : List.of("s1", "s2")) {
                cluster.start(name);
            }
            Cluster.until(
                    "both cells are followed",
                    () -> cluster.map().cells().size() == 2
                            && cluster.map().cells().stream().allMatch(Tenure::isReady));
            Coordinator leader = cluster.leader();
            Coordinator follower = cluster.coordinators.stream()
                    .filter(each -> each != leader)
                    .findFirst()
                    .orElseThrow();
            try (AdminDoor atLeader = new AdminDoor(leader.role);
                    AdminDoor atFollower = new AdminDoor(follower.role)) {
                refusesEverybodyElse(atLeader);
                shows(atLeader, cluster);
                letsViewersLookAndNotTouch(atFollower);
                refusesWhatMakesNoSense(atLeader, cluster);
                moves(atFollower, cluster);
                remembersTheMove(atLeader, cluster);
                remembersTheMove(atFollower, cluster);
                asksTheNodes(atFollower, cluster);
                traces(atLeader, atFollower, cluster);
                keepsToThePlanWhereOverridesAreOff(follower, cluster);
                drains(atFollower, cluster);
                assertThat(atLeader.socketStatus()).isEqualTo(404);
            }
        }
    }

    private static void refusesEverybodyElse(AdminDoor door) {
        for (String path : List.of("/cluster", "/cluster/cells", "/cluster/audit")) {
            assertRefused(door.get(path, ""), 401, "invalid_token");
            assertRefused(door.get(path, "x.y.z"), 401, "invalid_token");
            assertRefused(door.get(path, door.player()), 403, "not_admin");
        }
    }

    private static void letsViewersLookAndNotTouch(AdminDoor door) {
        for (String path : List.of("/cluster", "/cluster/cells", "/cluster/audit", "/cluster/queues")) {
            assertThat(door.get(path, door.viewer()).statusCode()).as(path).isEqualTo(200);
        }
        assertRefused(door.get("/cluster/timeline?entity=12:4711", door.viewer()), 403, "not_admin");
        assertRefused(door.get("/cluster/traces/0011223344556677", door.viewer()), 403, "not_admin");
        String drain = "{\"draining\":true,\"reason\":\"I may not\"}";
        assertRefused(door.postAs(door.viewer(), "/cluster/nodes/s1/drain", drain), 403, "not_admin");
    }

    /** Whoever is asked may follow, a moment behind, and nodes may answer late: waits until it says all of this. */
    private static String told(AdminDoor door, String path, String... texts) {
        String[] last = {""};
        Cluster.until(() -> path + " says " + List.of(texts) + ", but " + last[0], () -> {
            last[0] = door.get(path, door.admin()).body();
            return Stream.of(texts).allMatch(last[0]::contains);
        });
        return last[0];
    }

    private static void shows(AdminDoor door, Cluster cluster) {
        Cluster.until(
                "it names the leader",
                () -> door.get("/cluster", door.admin()).body().contains("\"leader\":\"" + cluster.leader().id + "\""));
        told(
                door,
                "/cluster",
                "\"node\":\"s1\"",
                "\"roles\":[\"sim\",\"gateway\"]",
                "\"nodes_desired\":2",
                "\"beat_age_millis\":");
        assertThat(door.get("/cluster/cells", door.admin()).body())
                .contains("\"cell\":\"w/0,0#0\"", "\"phase\":\"held\"", "\"epoch\":1", "\"ready\":true");
        assertThat(door.get("/cluster/audit", door.admin()).body())
                .contains("\"author\":\"node s1\"", "RegisterNode", "AssignCells");
        assertThat(door.get("/openapi.json", "").body()).contains("/cluster/nodes/{node}/drain", "ClusterAudit");
    }

    private static void refusesWhatMakesNoSense(AdminDoor door, Cluster cluster) {
        String cell = cluster.cell(0).toString();
        assertRefused(door.post("/cluster/nodes/s1/drain", "{\"draining\":true,\"reason\":\" \"}"), 400, "no_reason");
        assertRefused(door.post("/cluster/nodes/s1/drain", "{\"draining\":\"yes\"}"), 400, "bad_request");
        assertRefused(
                door.post("/cluster/nodes/nobody/drain", "{\"draining\":true,\"reason\":\"x\"}"), 404, "unknown_node");
        assertRefused(
                door.post("/cluster/cells/move", "{\"cell\":\"?\",\"to\":\"s1\",\"reason\":\"x\"}"),
                400,
                "bad_request");
        assertRefused(
                door.post("/cluster/cells/move", "{\"cell\":\"w/77,0#0\",\"to\":\"s1\",\"reason\":\"x\"}"),
                404,
                "unknown_cell");
        assertRefused(
                door.post("/cluster/pins", "{\"cell\":\"" + cell + "\",\"node\":\"s9\",\"reason\":\"x\"}"),
                404,
                "unknown_node");
        assertRefused(
                door.post("/cluster/overrides", "{\"name\":\"pin/x\",\"value\":\"y\",\"reason\":\"x\"}"),
                400,
                "bad_request");
    }

    private static void moves(AdminDoor door, Cluster cluster) {
        CellId cell = cluster.cell(0);
        NodeId from = owner(cluster.map(), cell);
        String to = from.name().equals("s1") ? "s2" : "s1";
        assertDone(door.post(
                "/cluster/cells/move", "{\"cell\":\"%s\",\"to\":\"%s\",\"reason\":\"closer\"}".formatted(cell, to)));
        Cluster.until(
                "the cell is there", () -> owner(cluster.map(), cell).name().equals(to));
        assertThat(cluster.map().cell(cell).begunEpoch()).as("it went on").isEqualTo(1);
        Cluster.until(
                "the wish is forgotten",
                () -> !door.get("/cluster", door.admin()).body().contains("move/"));
        told(door, "/cluster/audit", "\"author\":\"admin ann\"", "closer");
        assertDone(door.post(
                "/cluster/pins", "{\"cell\":\"%s\",\"node\":\"%s\",\"reason\":\"stay\"}".formatted(cell, to)));
        told(door, "/cluster", "pin/" + cell);
        assertDone(door.post("/cluster/pins", "{\"cell\":\"%s\",\"reason\":\"go\"}".formatted(cell)));
        assertDone(door.post("/cluster/overrides", "{\"name\":\"placement\",\"value\":\"frozen\",\"reason\":\"x\"}"));
        assertDone(door.post("/cluster/overrides", "{\"name\":\"placement\",\"value\":\"\",\"reason\":\"x\"}"));
    }

    private static void remembersTheMove(AdminDoor door, Cluster cluster) {
        String cell = cluster.cell(0).toString();
        told(
                door,
                "/cluster/migrations?limit=1",
                "\"cell\":\"" + cell + "\"",
                "\"state\":\"done\"",
                "\"author\":\"leader for admin ann\"",
                "\"reason\":\"closer\"",
                "\"copy_millis\":",
                "\"frozen_millis\":");
        told(
                door,
                "/cluster/epochs?cell=" + URLEncoder.encode(cell, UTF_8),
                "\"begun\":\"assigned\"",
                "\"ended\":\"moved\"",
                "\"begun\":\"moved\"",
                "\"at_millis\":");
        assertRefused(door.get("/cluster/epochs", door.admin()), 400, "bad_request");
        String page = door.get("/cluster/graph?limit=1", door.admin()).body();
        assertThat(page)
                .contains(
                        "\"partition\":\"strip;",
                        "\"outline\":[",
                        "\"borders\":[{\"a\":\"w/0,0#0\",\"b\":\"w/1,0#0\"}]",
                        "\"next\":\"w/0,0#0\"");
        String rest = door.get("/cluster/graph?limit=1&after=" + URLEncoder.encode("w/0,0#0", UTF_8), door.admin())
                .body();
        assertThat(rest).contains("\"cell\":\"w/1,0#0\"").doesNotContain("\"next\"");
        assertRefused(door.get("/cluster/cells?limit=0", door.admin()), 400, "bad_request");
    }

    private static SimulatedNode node(Cluster cluster, String name) {
        return cluster.nodes.stream()
                .filter(each -> each.id.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void asksTheNodes(AdminDoor door, Cluster cluster) {
        CharacterId ann = new CharacterId(new UUID(1, 1));
        long entity = EntityId.pack(12, 4711);
        CellId from = cluster.cell(0);
        CellId to = cluster.cell(1);
        node(cluster, "s1").memory.passed(new Passage(Passage.What.HERE, from, 1, 10, entity, 1, ann, null));
        node(cluster, "s1").memory.passed(new Passage(Passage.What.LEFT, from, 1, 20, entity, 2, ann, to));
        node(cluster, "s2").memory.passed(new Passage(Passage.What.ARRIVED, to, 4, 21, entity, 2, ann, from));
        String both = told(door, "/cluster/timeline?entity=12:4711", "\"silent\":[]");
        assertThat(both)
                .containsSubsequence(
                        "\"node\":\"s1\"",
                        "\"what\":\"here\"",
                        "\"tick\":20",
                        "\"what\":\"left\"",
                        "\"other\":\"" + to + "\"",
                        "\"node\":\"s2\"",
                        "\"epoch\":4",
                        "\"what\":\"arrived\"")
                .contains("\"cut\":false");
        assertThat(told(door, "/cluster/timeline?character=" + ann, "\"silent\":[]"))
                .isEqualTo(both);
        assertRefused(door.get("/cluster/timeline", door.admin()), 400, "bad_request");
        assertRefused(door.get("/cluster/timeline?entity=x", door.admin()), 400, "bad_request");
        assertRefused(door.get("/cluster/timeline?entity=12:4711", door.player()), 403, "not_admin");

        told(door, "/cluster/queues", "\"node\":\"s1\",\"queue\":\"journal_waiting_records\",\"of\":\"\",\"depth\":17");
        assertThat(told(door, "/cluster/queues?node=s2&empty=true", "link_queue_bytes", "lane=control"))
                .doesNotContain("\"node\":\"s1\"");
        assertRefused(door.get("/cluster/queues?node=s9", door.admin()), 404, "unknown_node");
    }

    private static void traces(AdminDoor begun, AdminDoor read, Cluster cluster) {
        String wish = "{\"entity\":\"12:4711\",\"seconds\":%d,\"reason\":\"ticket 17\"}";
        assertRefused(begun.post("/cluster/traces", wish.formatted(0)), 400, "bad_request");
        assertRefused(begun.post("/cluster/traces", "{\"seconds\":5,\"reason\":\"x\"}"), 400, "bad_request");
        HttpResponse<String> answer = begun.post("/cluster/traces", wish.formatted(60));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String id = answer.body().replaceAll(".*\"id\":\"(\\w+)\".*", "$1");
        Traces traces = node(cluster, "s1").memory.traces();
        Cluster.until("the node knows of it", traces::any);
        traces.write(Telling.Place.GATEWAY, 0, EntityId.pack(12, 4711), null, "came", "intent Damage accepted");
        traces.write(Telling.Place.GATEWAY, 0, EntityId.pack(12, 4712), null, "came", "of another");
        told(read, "/cluster/traces", id);
        assertThat(told(
                        read,
                        "/cluster/traces/" + id,
                        "\"node\":\"s1\"",
                        "intent Damage accepted",
                        "\"author\":\"admin ann\""))
                .doesNotContain("of another");
        assertThat(read.post("/cluster/traces/" + id + "/stop", "{\"reason\":\"seen\"}")
                        .statusCode())
                .isEqualTo(200);
        told(begun, "/cluster/traces", "\"over\":true");
        told(begun, "/cluster/traces/" + id, "intent Damage accepted");
        told(begun, "/cluster/audit", "map/trace/" + id, "ticket 17");
        assertRefused(begun.get("/cluster/traces/none", begun.admin()), 404, "unknown_trace");
    }

    private static void keepsToThePlanWhereOverridesAreOff(Coordinator coordinator, Cluster cluster) {
        String cell = cluster.cell(0).toString();
        try (AdminDoor strict = new AdminDoor(coordinator.role, false)) {
            String pin = "{\"cell\":\"%s\",\"node\":\"s1\",\"reason\":\"x\"}".formatted(cell);
            assertRefused(strict.post("/cluster/pins", pin), 403, "overrides_off");
            String frozen = "{\"name\":\"placement\",\"value\":\"frozen\",\"reason\":\"x\"}";
            assertRefused(strict.post("/cluster/overrides", frozen), 403, "overrides_off");
            String to = owner(cluster.map(), cluster.cell(0)).name().equals("s1") ? "s2" : "s1";
            String move = "{\"cell\":\"%s\",\"to\":\"%s\",\"reason\":\"x\"}".formatted(cell, to);
            assertRefused(strict.post("/cluster/cells/move", move), 403, "overrides_off");
            assertDone(strict.post("/cluster/pins", "{\"cell\":\"%s\",\"reason\":\"back\"}".formatted(cell)));
        }
    }

    private static void drains(AdminDoor door, Cluster cluster) {
        assertDone(door.post("/cluster/nodes/s1/drain", "{\"draining\":true,\"reason\":\"new kernel\"}"));
        Cluster.until(
                "s1 has nothing",
                () -> cluster.map().cells().stream().allMatch(tenure -> new NodeId("s2").equals(tenure.owner())));
        told(door, "/cluster", "\"draining\":true");
        assertRefused(
                door.post(
                        "/cluster/cells/move",
                        "{\"cell\":\"%s\",\"to\":\"s1\",\"reason\":\"back\"}".formatted(cluster.cell(0))),
                409,
                "wrong_node");
    }

    private static NodeId owner(ClusterMap map, CellId cell) {
        return Objects.requireNonNullElse(map.cell(cell).owner(), new NodeId("nobody"));
    }
}
