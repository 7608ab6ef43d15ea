package dev.terrane.clustersim.game;

import dev.terrane.clustersim.game.Roam.Diary;
import dev.terrane.clustersim.game.Roam.Walk;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.Partition;

/** How everybody moves, and how avatars write down what they are told. */
final class RoamMoves {
    private final Schema schema;
    private final GameEar ear;
    private final Query moving;
    private final Query walking;
    private final Query driven;
    private final Field x;
    private final Field y;
    private final Field vx;
    private final Field vy;
    private final Field period;
    private final Field speed;
    private double minX = Double.MAX_VALUE;
    private double minY = Double.MAX_VALUE;
    private double maxX = -Double.MAX_VALUE;
    private double maxY = -Double.MAX_VALUE;

    RoamMoves(WorldContext world, GameEar ear) {
        this.schema = world.entities().schema();
        this.ear = ear;
        this.moving = world.entities().query(schema.type(Position.class), schema.type(Velocity.class));
        this.walking = world.entities().query(schema.type(Velocity.class), schema.type(Walk.class));
        this.driven = world.entities().query(schema.type(Controls.class), schema.type(Diary.class));
        this.x = schema.field(Position.class, "x");
        this.y = schema.field(Position.class, "y");
        this.vx = schema.field(Velocity.class, "x");
        this.vy = schema.field(Velocity.class, "y");
        this.period = schema.field(Walk.class, "period");
        this.speed = schema.field(Walk.class, "speed");
        Partition partition = world.map().partition();
        for (var region : partition.regions()) {
            var bounds = partition.bounds(region);
            minX = Math.min(minX, partition.originX(region) + bounds.minX());
            minY = Math.min(minY, partition.originY(region) + bounds.minY());
            maxX = Math.max(maxX, partition.originX(region) + bounds.maxX());
            maxY = Math.max(maxY, partition.originY(region) + bounds.maxY());
        }
    }

    static Velocity course(CellContext cell, float speed) {
        return new Velocity(cell.rng().nextFloat(-1, 1) * speed, cell.rng().nextFloat(-1, 1) * speed);
    }

    /** Inputs say their own number in {@code held} and their player in {@code aim}. */
    void steer(CellContext cell) {
        for (Table table : driven) {
            for (int row = 0; row < table.size(); row++) {
                long avatar = table.entity(row);
                Controls controls = cell.entities().get(avatar, schema.type(Controls.class));
                Diary diary = cell.entities().get(avatar, schema.type(Diary.class));
                int seq = controls.held();
                float now = seq == 0 || ear.isQuiet(cell.tick()) ? 0 : Roam.AVATAR_SPEED;
                table.floats(vx).set(row, controls.moveX() * now);
                table.floats(vy).set(row, controls.moveY() * now);
                if (seq != 0 && seq != diary.lastSeq()) {
                    check(cell, avatar, controls, diary);
                    cell.entities().set(avatar, schema.type(Diary.class), new Diary(seq, diary.appliedCount() + 1));
                }
            }
        }
    }

    private void check(CellContext cell, long avatar, Controls controls, Diary diary) {
        int seq = controls.held();
        int player = (int) controls.aim();
        if (seq < diary.lastSeq()) {
            ear.fault(
                    cell.cell(),
                    "entity " + cell.idOf(avatar) + " is given input " + seq + " after " + diary.lastSeq());
        }
        if (controls.moveX() != Steering.x(player, seq) || controls.moveY() != Steering.y(player, seq)) {
            ear.fault(
                    cell.cell(),
                    "entity " + cell.idOf(avatar) + " is given input " + seq + " with the content of another");
        }
    }

    void turn(CellContext cell) {
        boolean quiet = ear.isQuiet(cell.tick());
        for (Table table : walking) {
            for (int row = 0; row < table.size(); row++) {
                if (quiet) {
                    table.floats(vx).set(row, 0);
                    table.floats(vy).set(row, 0);
                } else if (cell.rng().nextInt(table.ints(period).get(row)) == 0) {
                    Velocity course = course(cell, table.floats(speed).get(row));
                    table.floats(vx).set(row, course.x());
                    table.floats(vy).set(row, course.y());
                }
            }
        }
    }

    void move(CellContext cell) {
        float dt = cell.dtSeconds();
        for (Table table : moving) {
            for (int row = 0; row < table.size(); row++) {
                float dx = table.floats(vx).get(row) * dt;
                float dy = table.floats(vy).get(row) * dt;
                if (dx != 0 || dy != 0) {
                    double toX = Math.clamp(cell.worldX(table.floats(x).get(row) + dx), minX, maxX);
                    double toY = Math.clamp(cell.worldY(table.floats(y).get(row) + dy), minY, maxY);
                    table.floats(x).set(row, cell.localX(toX));
                    table.floats(y).set(row, cell.localY(toY));
                }
            }
        }
    }
}
