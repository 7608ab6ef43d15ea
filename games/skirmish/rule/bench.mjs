/**
 * What a tick of a ship costs in V8: by the movement rule, and by the same in plain JavaScript. Run "npm run build -w @terrane/client" before, then
 * "node games/skirmish/rule/bench.mjs". testing/bench's FlightBench is the same for the JVM.
 */
import { readFileSync } from 'node:fs';
import { WasmRule, openSides, parsePartition } from '@terrane/client';

const CRAFTS = 1000;
const SECONDS = 0.05;
const ROUNDS = 7;
const ROUND_MILLIS = 1000;
const COLUMNS = 12;

const bytes = readFileSync(new URL('../src/main/resources/dev/terrane/games/skirmish/flight.wasm', import.meta.url));
const sides = openSides(parsePartition('hex;columns=1;rows=1;radius=256.0'), { a: 0, b: 0 });
const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(bytes), {});
const memory = new Float32Array(exports.memory.buffer);
memory.set(sides, exports.sides.value / 4);

/** One array per column, as views of the same bytes for numbers that are whole. */
function columnsIn(buffer, start, rows) {
  return Array.from({ length: COLUMNS }, (_, i) => {
    const at = start + i * rows * 4;
    return i === 0 || i === 6 ? new Int32Array(buffer, at, rows) : new Float32Array(buffer, at, rows);
  });
}

function fill(columns) {
  let seed = 1;
  const share = () => ((((seed = Math.imul(seed, 1664525) + 1013904223) >>> 8) - 0x800000) / 0x800000);
  for (let row = 0; row < CRAFTS; row++) {
    const values = [0, 100, 100, share(), share(), share() * 3, row & 7, 0, 0, 0, share() * 200, share() * 200];
    values.forEach((value, i) => (columns[i][row] = value));
  }
}

const f = Math.fround;
const TURN = 2 * Math.PI;

/** What Math.round is not: halves go to the even number. */
function nearest(value) {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

const wrap = (radians) => f(radians - TURN * nearest(radians / TURN));
const length = (x, y) => f(Math.sqrt(f(f(x * x) + f(y * y))));

function plain([kind, hull, energy, moveX, moveY, aim, held, yaw, speedX, speedY, placeX, placeY], s) {
  for (let i = 0; i < CRAFTS; i++) {
    if (hull[i] > 0) {
      const ship = kind[i] === 0;
      const most = f((ship ? 5 : 3) * s);
      yaw[i] = wrap(f(yaw[i] + Math.min(Math.max(wrap(f(aim[i] - yaw[i])), -most), most)));

      const wished = (held[i] & 2) !== 0;
      const boosts = wished && energy[i] >= f(28 * s);
      if (boosts === wished) energy[i] = Math.min(Math.max(f(energy[i] + f((boosts ? -28 : 16) * s)), 0), 100);
      const push = ship ? (boosts ? 90 : 45) : 30;
      const speedMax = ship ? (boosts ? 70 : 40) : 28;
      const kept = f(1 - f(((held[i] & 4) !== 0 ? 3 : f(0.35)) * s));
      const scale = f(1 / Math.max(1, length(moveX[i], moveY[i])));
      const before = length(speedX[i], speedY[i]);
      const x = f(f(speedX[i] + f(f(f(moveX[i] * scale) * push) * s)) * kept);
      const y = f(f(speedY[i] + f(f(f(moveY[i] * scale) * push) * s)) * kept);
      const after = length(x, y);
      const allowed = after > speedMax ? f(Math.max(speedMax, f(Math.min(before, after) - f(60 * s))) / after) : 1;
      speedX[i] = f(x * allowed);
      speedY[i] = f(y * allowed);
    }
    const x = placeX[i];
    const y = placeY[i];
    let pushX = 0;
    let pushY = 0;
    for (let j = 0; j < sides.length; j += 3) {
      const beyond = f(f(f(f(x * sides[j]) + f(y * sides[j + 1])) - sides[j + 2]) + 20);
      if (beyond > 0) {
        pushX = f(pushX - f(f(f(sides[j] * beyond) * 8) * s));
        pushY = f(pushY - f(f(f(sides[j + 1] * beyond) * 8) * s));
      }
    }
    speedX[i] = f(speedX[i] + pushX);
    speedY[i] = f(speedY[i] + pushY);
    placeX[i] = f(x + f(speedX[i] * s));
    placeY[i] = f(y + f(speedY[i] * s));
  }
}

const byRule = columnsIn(exports.memory.buffer, exports.columns.value, exports.rows.value);
const byHand = columnsIn(new ArrayBuffer(COLUMNS * CRAFTS * 4), 0, CRAFTS);
const stepRule = () => exports.step(CRAFTS, sides.length / 3, SECONDS);
const stepPlain = () => plain(byHand, f(SECONDS));

fill(byRule);
fill(byHand);
for (let tick = 1; tick <= 1000; tick++) {
  stepRule();
  stepPlain();
  for (let column = 0; column < COLUMNS; column++) {
    for (let row = 0; row < CRAFTS; row++) {
      if (byRule[column][row] !== byHand[column][row]) throw new Error(`craft ${row}, column ${column} differs after ${tick} ticks`);
    }
  }
}

const alone = await WasmRule.load(bytes);
alone.place(sides);
let state = {
  'kit.position': { x: 0, y: 0, z: 0 },
  'kit.heading': { yaw: 0 },
  'kit.velocity': { x: 0, y: 0 },
  'skirmish.craft': { kind: 0 },
  'skirmish.vitals': { hull: 100 },
  'skirmish.pilot': { energy: 100 },
};
const stepAlone = () => {
  for (let i = 0; i < CRAFTS; i++) state = alone.step(state, { moveX: 1, moveY: 0.5, aim: 1, held: 2 }, SECONDS);
};

/** The median of some rounds, in nanoseconds per craft and tick. */
function measure(step) {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    let ticks = 0;
    while (performance.now() - start < ROUND_MILLIS) {
      for (let i = 0; i < 10; i++) step();
      ticks += 10;
    }
    return ((performance.now() - start) * 1e6) / ticks / CRAFTS;
  });
  return rounds.toSorted((a, b) => a - b)[ROUNDS >> 1].toFixed(1);
}

console.log(`Node ${process.versions.node}, ${CRAFTS} crafts, ns per craft and tick`);
console.log(`the module, in one call       ${measure(stepRule)}`);
console.log(`plain JavaScript              ${measure(stepPlain)}`);
console.log(`WasmRule.step, craft by craft ${measure(stepAlone)}`);
