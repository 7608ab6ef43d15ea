package dev.terrane.cell;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Schema;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/** The keys to the columns that the cell itself reads and writes, looked up once. */
final class KitFields {
    final ComponentType<Identity> identity;
    final Field id;
    final Field ownership;
    final Field arrivedTick;

    final ComponentType<Position> position;
    final Field x;
    final Field y;
    final Field z;

    final ComponentType<Velocity> velocity;
    final Field velocityX;
    final Field velocityY;

    final ComponentType<Heading> heading;
    final Field yaw;

    final ComponentType<Controls> controls;
    final Field moveX;
    final Field moveY;
    final Field aim;
    final Field held;
    final Field pressed;

    final ComponentType<Nameplate> nameplate;

    final ComponentType<Avatar> avatar;
    final Field session;
    final Field gateway;
    final Field ackedSeq;
    final Field lingerUntilTick;

    KitFields(Schema schema) {
        identity = schema.type(Identity.class);
        id = identity.field("id");
        ownership = identity.field("ownership");
        arrivedTick = identity.field("arrivedTick");
        position = schema.type(Position.class);
        x = position.field("x");
        y = position.field("y");
        z = position.field("z");
        velocity = schema.type(Velocity.class);
        velocityX = velocity.field("x");
        velocityY = velocity.field("y");
        heading = schema.type(Heading.class);
        yaw = heading.field("yaw");
        controls = schema.type(Controls.class);
        moveX = controls.field("moveX");
        moveY = controls.field("moveY");
        aim = controls.field("aim");
        held = controls.field("held");
        pressed = controls.field("pressed");
        nameplate = schema.type(Nameplate.class);
        avatar = schema.type(Avatar.class);
        session = avatar.field("session");
        gateway = avatar.field("gateway");
        ackedSeq = avatar.field("ackedSeq");
        lingerUntilTick = avatar.field("lingerUntilTick");
    }
}
