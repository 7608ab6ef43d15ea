/**
 * How crafts move in one tick. It is written here and nowhere else: the server runs this module, and so does the page, so that a
 * player's own ship can go ahead of the server and be right.
 *
 * Metres, seconds, radians. Nothing but single operations that IEEE 754 defines to the bit, so that both get the same to the last bit;
 * no sine, no cosine. docs/RULES.md tells what a server expects of such a module.
 */

/** Rows that fit into the columns; for more entities it is called again. */
export const rows: i32 = 1024;

/** Bytes of a column. */
const COLUMN: usize = 4096;

export const columns: usize = memory.data(13 * 4096, 16);
/** Outward normal x, y and distance from the region's origin, of each of up to eight sides with nothing behind them. */
export const sides: usize = memory.data(8 * 12, 16);
/** x, y and radius of what is in the way of one craft. */
export const solids: usize = memory.data(32 * 12, 16);
// solid skirmish.craft.size where skirmish.craft.kind 2

// What stands behind each of these goes into the module, and says which field of an entity the column is.
const KIND: usize = columns + 0 * COLUMN; // skirmish.craft.kind i32 in
const HULL: usize = columns + 1 * COLUMN; // skirmish.vitals.hull f32 in
const ENERGY: usize = columns + 2 * COLUMN; // skirmish.pilot.energy f32 inout
const MOVE_X: usize = columns + 3 * COLUMN; // kit.controls.moveX f32 in
const MOVE_Y: usize = columns + 4 * COLUMN; // kit.controls.moveY f32 in
const AIM: usize = columns + 5 * COLUMN; // kit.controls.aim f32 in
const HELD: usize = columns + 6 * COLUMN; // kit.controls.held i32 in
const YAW: usize = columns + 7 * COLUMN; // kit.heading.yaw f32 inout
const VELOCITY_X: usize = columns + 8 * COLUMN; // kit.velocity.x f32 inout
const VELOCITY_Y: usize = columns + 9 * COLUMN; // kit.velocity.y f32 inout
const POSITION_X: usize = columns + 10 * COLUMN; // kit.position.x f32 inout
const POSITION_Y: usize = columns + 11 * COLUMN; // kit.position.y f32 inout
const SIZE: usize = columns + 12 * COLUMN; // skirmish.craft.size f32 in

const SHIP: i32 = 0;
const BOOST: i32 = 2;
const BRAKE: i32 = 4;

const DRAG: f32 = 0.35;
const BRAKE_DRAG: f32 = 3;
/** How fast a craft that is over its limit loses speed: the end of a boost is felt, but is no wall. */
const SLOWDOWN: f32 = 60;

const ENERGY_MAX: f32 = 100;
const BOOST_DRAIN_PER_SECOND: f32 = 28;
const ENERGY_PER_SECOND: f32 = 16;

/** At the rim of the world the push back begins this far inside. */
const MARGIN_METRES: f32 = 20;
/** Metres per second, per second, for each metre: stops even a boosting ship within some thirty metres. */
const STIFFNESS: f32 = 8;

/** Of the speed with which a craft flies into something, so much is thrown back. */
const BOUNCE: f32 = 0.5;

const TURN: f64 = 6.283185307179586;

/** One tick of `count` crafts. */
export function step(count: i32, sideCount: i32, seconds: f32): void {
  for (let row = 0; row < count; row++) {
    const at = (<usize>row) << 2;
    // A destroyed ship drifts on; nobody steers it.
    if (load<f32>(at, HULL) > 0) {
      turn(at, seconds);
      thrust(at, seconds);
    }
    drift(at, sideCount, seconds);
  }
}

function turn(at: usize, seconds: f32): void {
  const rate: f32 = load<i32>(at, KIND) == SHIP ? 5 : 3;
  const most = rate * seconds;
  const yaw = load<f32>(at, YAW);
  const wanted = wrap(load<f32>(at, AIM) - yaw);
  put(at + YAW, wrap(yaw + min<f32>(max<f32>(wanted, -most), most)));
}

/** The same direction within ±π. In 64 bits, for in 32 a full turn is not exact enough to be taken away again and again. */
function wrap(radians: f32): f32 {
  const wide = <f64>radians;
  return <f32>(wide - TURN * nearest<f64>(wide / TURN));
}

function thrust(at: usize, seconds: f32): void {
  const isShip = load<i32>(at, KIND) == SHIP;
  const held = load<i32>(at, HELD);
  const boosts = power(at, (held & BOOST) != 0, seconds);
  const push: f32 = isShip ? (boosts ? 90 : 45) : 30;
  const speedMax: f32 = isShip ? (boosts ? 70 : 40) : 28;
  const kept: f32 = 1 - ((held & BRAKE) != 0 ? BRAKE_DRAG : DRAG) * seconds;

  const wishX = load<f32>(at, MOVE_X);
  const wishY = load<f32>(at, MOVE_Y);
  const scale: f32 = 1 / max<f32>(1, length(wishX, wishY));
  const beforeX = load<f32>(at, VELOCITY_X);
  const beforeY = load<f32>(at, VELOCITY_Y);
  const x = (beforeX + wishX * scale * push * seconds) * kept;
  const y = (beforeY + wishY * scale * push * seconds) * kept;

  const after = length(x, y);
  let allowed: f32 = 1;
  if (after > speedMax) {
    allowed = max<f32>(speedMax, min<f32>(length(beforeX, beforeY), after) - SLOWDOWN * seconds) / after;
  }
  put(at + VELOCITY_X, x * allowed);
  put(at + VELOCITY_Y, y * allowed);
}

/**
 * Drains energy for a boost, if there is enough for this tick, or lets it recover; tells whether the craft boosts. Who holds the button on
 * empty gets nothing, not a stutter: energy comes back when it is released. Who has no energy at all, as drones, never boosts.
 */
function power(at: usize, wished: bool, seconds: f32): bool {
  const before = load<f32>(at, ENERGY);
  const boosts = wished && before >= BOOST_DRAIN_PER_SECOND * seconds;
  if (boosts == wished) {
    const rate: f32 = boosts ? -BOOST_DRAIN_PER_SECOND : ENERGY_PER_SECOND;
    put(at + ENERGY, min<f32>(max<f32>(before + rate * seconds, 0), ENERGY_MAX));
  }
  return boosts;
}

/** Moves, after a push back at the rim of the world: harder the further it goes, so that nobody feels a wall and nobody leaves. */
function drift(at: usize, sideCount: i32, seconds: f32): void {
  const x = load<f32>(at, POSITION_X);
  const y = load<f32>(at, POSITION_Y);
  let pushX: f32 = 0;
  let pushY: f32 = 0;
  for (let i = 0; i < sideCount; i++) {
    const side = sides + <usize>i * 12;
    const normalX = load<f32>(side);
    const normalY = load<f32>(side, 4);
    const beyond = x * normalX + y * normalY - load<f32>(side, 8) + MARGIN_METRES;
    if (beyond > 0) {
      pushX -= normalX * beyond * STIFFNESS * seconds;
      pushY -= normalY * beyond * STIFFNESS * seconds;
    }
  }
  const speedX = load<f32>(at, VELOCITY_X) + pushX;
  const speedY = load<f32>(at, VELOCITY_Y) + pushY;
  put(at + VELOCITY_X, speedX);
  put(at + VELOCITY_Y, speedY);
  put(at + POSITION_X, x + speedX * seconds);
  put(at + POSITION_Y, y + speedY * seconds);
}

/** Crafts do not fly into rocks: one that has is put back on the surface, and loses half of the speed with which it came. After `step`. */
export function bounce(row: i32, solidCount: i32): void {
  const at = (<usize>row) << 2;
  if (!(load<f32>(at, HULL) > 0)) return;
  for (let i = 0; i < solidCount; i++) {
    const solid = solids + <usize>i * 12;
    const solidX = load<f32>(solid);
    const solidY = load<f32>(solid, 4);
    const apartX = load<f32>(at, POSITION_X) - solidX;
    const apartY = load<f32>(at, POSITION_Y) - solidY;
    const distance = length(apartX, apartY);
    const touch = load<f32>(at, SIZE) + load<f32>(solid, 8);
    if (!(distance < touch)) continue;
    const normalX: f32 = distance > 0 ? apartX / distance : 1;
    const normalY: f32 = distance > 0 ? apartY / distance : 0;
    put(at + POSITION_X, solidX + normalX * touch);
    put(at + POSITION_Y, solidY + normalY * touch);
    const inwards = load<f32>(at, VELOCITY_X) * normalX + load<f32>(at, VELOCITY_Y) * normalY;
    if (inwards < 0) {
      put(at + VELOCITY_X, load<f32>(at, VELOCITY_X) - (1 + BOUNCE) * inwards * normalX);
      put(at + VELOCITY_Y, load<f32>(at, VELOCITY_Y) - (1 + BOUNCE) * inwards * normalY);
    }
  }
}

function length(x: f32, y: f32): f32 {
  return sqrt<f32>(x * x + y * y);
}

/** Of all that is written, NaN alone has bits that WASM leaves open: here it is always the same one. */
function put(address: usize, value: f32): void {
  if (value == value) store<f32>(address, value);
  else store<i32>(address, 0x7fc00000);
}
