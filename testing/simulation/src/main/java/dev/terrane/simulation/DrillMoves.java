package dev.terrane.simulation;

import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.simulation.Drill.Course;
import dev.terrane.simulation.Drill.Diary;
import dev.terrane.simulation.Drill.Way;

/** How entities of the {@link Drill} move, and how avatars log what they are told. */
final class DrillMoves {
    /** An input with a number that this divides has a button pressed. */
    static final int PRESS_EVERY = 5;

    private static final int STEER_TICKS = 40;
    private static final float DIAGONAL = 0.6f;
    private static final float[] STEER_X = {1, DIAGONAL, 0, -DIAGONAL, -1, -DIAGONAL, 0, DIAGONAL};
    private static final float[] STEER_Y = {0, DIAGONAL, 1, DIAGONAL, 0, -DIAGONAL, -1, -DIAGONAL};

    private final Schema schema;
    private final Ledger ledger;
    private final int quietFromTick;
    private final Query moving;
    private final Query driven;
    private final Field x;
    private final Field y;
    private final Field vx;
    private final Field vy;
    private final Field way;
    private final Field period;
    private final Field speed;
    private final double minX;
    private final double minY;
    private final double maxX;
    private final double maxY;

    DrillMoves(WorldContext world, Plan plan, Ledger ledger) {
        this.schema = world.entities().schema();
        this.ledger = ledger;
        this.quietFromTick = plan.faultTicks();
        this.moving = world.entities().query(schema.type(Position.class), schema.type(Course.class));
        this.driven = world.entities().query(schema.type(Controls.class), schema.type(Diary.class));
        this.x = schema.field(Position.class, "x");
        this.y = schema.field(Position.class, "y");
        this.vx = schema.field(Velocity.class, "x");
        this.vy = schema.field(Velocity.class, "y");
        this.way = schema.field(Course.class, "way");
        this.period = schema.field(Course.class, "period");
        this.speed = schema.field(Course.class, "speed");
        var partition = world.map().partition();
        double left = Double.MAX_VALUE;
        double low = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (var region : partition.regions()) {
            var bounds = partition.bounds(region);
            left = Math.min(left, partition.originX(region) + bounds.minX());
            low = Math.min(low, partition.originY(region) + bounds.minY());
            right = Math.max(right, partition.originX(region) + bounds.maxX());
            high = Math.max(high, partition.originY(region) + bounds.maxY());
        }
        this.minX = left;
        this.minY = low;
        this.maxX = right;
        this.maxY = high;
    }

    /** What input {@code seq} of this player says: the same to whoever asks. */
    static float steerX(int player, int seq) {
        return STEER_X[(seq / STEER_TICKS + player) & 7];
    }

    static float steerY(int player, int seq) {
        return STEER_Y[(seq / STEER_TICKS + player) & 7];
    }

    static boolean presses(int seq) {
        return seq % PRESS_EVERY == 0;
    }

    static Velocity course(CellContext cell, float speed) {
        float along = cell.rng().nextFloat(-1, 1) * speed;
        float across = cell.rng().nextFloat(-1, 1) * speed;
        return new Velocity(along, across);
    }

    /** Inputs say their own number in {@code held} and their player in {@code aim}. */
    void steer(CellContext cell) {
        for (Table table : driven) {
            for (int row = 0; row < table.size(); row++) {
                long avatar = table.entity(row);
                Controls controls = cell.entities().get(avatar, schema.type(Controls.class));
                Diary diary = cell.entities().get(avatar, schema.type(Diary.class));
                int seq = controls.held();
                int player = (int) controls.aim();
                boolean handsOff = seq == 0;
                float speedNow = handsOff || cell.tick() >= quietFromTick
                        ? 0
                        : table.floats(speed).get(row);
                table.floats(vx).set(row, controls.moveX() * speedNow);
                table.floats(vy).set(row, controls.moveY() * speedNow);
                boolean pressed = (controls.pressed() & 1) != 0;
                boolean fresh = !handsOff && seq != diary.lastSeq();
                if (!fresh && !pressed) {
                    continue;
                }
                if (fresh) {
                    check(cell, avatar, controls, diary, player);
                }
                int skipped = fresh ? Math.max(0, seq - diary.lastSeq() - 1) : 0;
                cell.entities()
                        .set(
                                avatar,
                                schema.type(Diary.class),
                                new Diary(
                                        fresh ? seq : diary.lastSeq(),
                                        diary.appliedCount() + (fresh ? 1 : 0),
                                        diary.skippedCount() + skipped,
                                        diary.pressedCount() + (pressed ? 1 : 0)));
            }
        }
    }

    private void check(CellContext cell, long avatar, Controls controls, Diary diary, int player) {
        int seq = controls.held();
        if (seq < diary.lastSeq()) {
            ledger.fault("entity " + cell.idOf(avatar) + " in " + cell.cell() + " is given input " + seq + " after "
                    + diary.lastSeq());
        }
        if (controls.moveX() != steerX(player, seq) || controls.moveY() != steerY(player, seq)) {
            ledger.fault("entity " + cell.idOf(avatar) + " in " + cell.cell() + " is given input " + seq
                    + " with the content of another");
        }
    }

    /** Everybody rests once it is quiet. */
    void turn(CellContext cell) {
        boolean quiet = cell.tick() >= quietFromTick;
        for (Table table : moving) {
            for (int row = 0; row < table.size(); row++) {
                int how = table.ints(way).get(row);
                if (how == Way.DRIVEN.ordinal()) {
                    continue;
                }
                if (quiet) {
                    table.floats(vx).set(row, 0);
                    table.floats(vy).set(row, 0);
                } else if (how == Way.SHUTTLE.ordinal()) {
                    if (cell.tick() % table.ints(period).get(row) == 0) {
                        table.floats(vx).set(row, -table.floats(vx).get(row));
                        table.floats(vy).set(row, -table.floats(vy).get(row));
                    }
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
