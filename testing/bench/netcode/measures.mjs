/** What is made of many numbers. */

/**
 * The value that a part of all others do not exceed; NaN when there are none.
 *
 * @param {number[]} values
 * @param {number} part 0 to 1
 */
export function quantile(values, part) {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? sorted[0];
}

/** Younger than this a moment may not have been told to the onlooker yet, however well it is connected. */
const AGE_MS_MIN = 350;
/** Older than this its memory of the moment may be gone: an entity keeps its samples for a good second. */
const AGE_MS_MAX = 1000;

/**
 * How far from where they were others are drawn. An onlooker on the same machine, over the network as it is, hears of everybody at each tick; what was drawn as of
 * some server time is compared with where the onlooker knows the same entity to have been at that very server time, as soon as it must know.
 */
export class Placement {
  /** @type {{ id: bigint, at: number, x: number, y: number }[]} */
  #drawn = [];
  #first = 0;
  /** Metres. */
  errors = [];
  drawnCount = 0;
  guessedCount = 0;
  /** Drawn, but unknown to the onlooker at that moment: it has just entered or left. */
  unknownCount = 0;

  /**
   * @param {bigint} id
   * @param {number} at server time
   * @param {{ x: number, y: number, extrapolated: boolean }} sample what was drawn
   */
  draw(id, at, sample) {
    this.drawnCount++;
    if (sample.extrapolated) this.guessedCount++;
    this.#drawn.push({ id, at, x: sample.x, y: sample.y });
  }

  /**
   * @param {number} now server time, exactly
   * @param {(id: bigint, at: number) => { x: number, y: number } | undefined} truth
   */
  compare(now, truth) {
    while (this.#first < this.#drawn.length && now - this.#drawn[this.#first].at >= AGE_MS_MIN) {
      const { id, at, x, y } = this.#drawn[this.#first++];
      const there = now - at <= AGE_MS_MAX ? truth(id, at) : undefined;
      if (there === undefined) this.unknownCount++;
      else this.errors.push(Math.hypot(x - there.x, y - there.y));
    }
    if (this.#first > 10_000) {
      this.#drawn.splice(0, this.#first);
      this.#first = 0;
    }
  }

  get guessedShare() {
    return this.drawnCount === 0 ? Number.NaN : this.guessedCount / this.drawnCount;
  }
}

/** Silence of the server, or of us as the server hears it, after which its next words may tell of what was late in it; snapshots and inputs come each 50 ms. */
const STALL_MS = 150;
const AFTER_STALL_MS = 1000;

/** How the own avatar is drawn: by how much it was corrected, and how far it is off between two drawings from what its speed explains. */
export class OwnPath {
  /** @type {{ at: number, metres: number }[]} */
  #corrections = [];
  /** @type {{ at: number, metres: number }[]} */
  #steps = [];
  /** @type {[number, number][]} From, until. */
  #stalls = [];
  #heardAt = Number.NaN;
  #ack = 0;
  #ackedAt = Number.NaN;
  #drawnAt = Number.NaN;
  /** @type {{ x: number, y: number } | undefined} */
  #last;
  /** @type {{ x: number, y: number, ms: number } | undefined} */
  #lastStep;
  teleportCount = 0;

  /** A snapshot came, with the number of the last input that it contains. */
  hear(now, ack) {
    if (now - this.#heardAt > STALL_MS) {
      this.#stalls.push([this.#heardAt, now]);
      this.#ackedAt = now; // the same stall
    }
    this.#heardAt = now;
    if (ack === this.#ack) return;
    if (now - this.#ackedAt > STALL_MS) this.#stalls.push([this.#ackedAt, now]);
    this.#ack = ack;
    this.#ackedAt = now;
  }

  correct(now, { metres, teleport }) {
    if (teleport) {
      this.teleportCount++;
      this.#stalls.push([now - STALL_MS, now]); // whatever was drawn before has nothing to do with it
    } else this.#corrections.push({ at: now, metres });
  }

  /** @param {{ x: number, y: number } | undefined} sample what is drawn */
  draw(now, sample) {
    const last = this.#last;
    if (sample !== undefined && last !== undefined) {
      const step = { x: sample.x - last.x, y: sample.y - last.y, ms: now - this.#drawnAt };
      const before = this.#lastStep;
      if (before !== undefined && step.ms > 0) {
        // With the speed of the frame before it would be here: what is more or less is acceleration, or a jump.
        const part = step.ms / before.ms;
        this.#steps.push({ at: now, metres: Math.hypot(step.x - before.x * part, step.y - before.y * part) });
      }
      this.#lastStep = step;
    }
    this.#last = sample && { x: sample.x, y: sample.y };
    this.#drawnAt = now;
  }

  /** From when until when somebody was silent. */
  get stalls() {
    return this.#stalls;
  }

  /** @param {number} seconds that it took */
  found(seconds) {
    const outside = (at) => !this.#stalls.some(([from, until]) => at >= from && at <= until + AFTER_STALL_MS);
    const calm = this.#corrections.filter(({ at }) => outside(at)).map(({ metres }) => metres);
    const all = this.#corrections.map(({ metres }) => metres);
    const steps = this.#steps.filter(({ at }) => outside(at)).map(({ metres }) => metres);
    return {
      ownCorrectionMetresMax: Math.max(0, ...calm),
      ownCorrectionMetresP95: calm.length === 0 ? 0 : quantile(calm, 0.95),
      correctionsPerMinute: (calm.length * 60) / seconds,
      stalls: this.#stalls.length,
      correctionsInStallsPerMinute: ((all.length - calm.length) * 60) / seconds,
      correctionInStallsMetresMax: Math.max(0, ...all),
      ownStepMetresP99: steps.length === 0 ? 0 : quantile(steps, 0.99),
    };
  }
}

/** Skirmish's bolts, as its Weapon and Firing say. */
const BOLT_SPEED = 160;
const BOLT_SIZE = 0.4;
const BOLT_SECONDS = 1.2;
const COOLDOWN_SECONDS = 0.2;
/** The server has judged a shot by then, and its word has come. */
const JUDGED_MS_MAX = 4000;

/** Farther than this from a bolt nobody is remembered as having been near it. */
const NEAR_METRES = 3;

/**
 * Whether shots hit whom the shooter saw them hit. His bolts fly on his screen, in his ship's time, through the others as they are drawn there; the server tells (`skirmish.judged`) whom
 * each of them has hit.
 *
 * A shot is in the window when the server could know what its shooter saw: whoever it met, or is said to have met, was drawn from what the server had told and not guessed beyond it, and
 * not longer ago than the server looks back; and the server fired it in the tick in which it was fired on the screen.
 */
export class Shots {
  /**
   * @type {{ tick: number, at: number, x: number, y: number, vx: number, vy: number, drawnTick: number, over: boolean, fired: boolean, seen?: bigint, judged?: bigint,
   *   near: Map<bigint, { gap: number, guessed: boolean, ageMs: number }> }[]}
   */
  #shots = [];
  #readyTick = 0;
  /** @type {Map<bigint, { x: number, y: number }>} As drawn in the frame before. */
  #before = new Map();

  /**
   * @param {number} seconds of a tick
   * @param {number} lookBackMs how long ago at most the server lets a shooter have seen others
   */
  constructor(seconds, lookBackMs) {
    this.seconds = seconds;
    this.lookBackMs = lookBackMs;
  }

  /** The button is down, the ship as predicted after that tick. */
  fire(now, tick, { x, y, yaw, vx, vy, size }) {
    if (tick < this.#readyTick) return;
    this.#readyTick = tick + Math.round(COOLDOWN_SECONDS / this.seconds);
    const [aheadX, aheadY] = [Math.cos(yaw), Math.sin(yaw)];
    const muzzle = size + BOLT_SIZE;
    this.#shots.push({
      tick,
      at: now,
      x: x + aheadX * muzzle,
      y: y + aheadY * muzzle,
      vx: vx + aheadX * BOLT_SPEED,
      vy: vy + aheadY * BOLT_SPEED,
      drawnTick: tick,
      over: false,
      fired: false,
      near: new Map(),
    });
  }

  /** The server has fired it. */
  fired(tick) {
    const shot = this.#shots.find((each) => (each.tick | 0) === tick);
    if (shot !== undefined) shot.fired = true;
  }

  /** The server says whom it hit. */
  judged(tick, target) {
    const shot = this.#shots.find((each) => (each.tick | 0) === tick);
    if (shot !== undefined) shot.judged = target;
  }

  /**
   * One frame.
   *
   * @param {number} tick as of which the own ship is drawn
   * @param {number} ageMs how long ago the others are drawn as they were, in the server's time of that tick
   * @param {{ id: bigint, x: number, y: number, size: number, mortal: boolean, extrapolated: boolean }[]} others as they are drawn
   */
  draw(tick, ageMs, others) {
    for (const shot of this.#shots) {
      if (shot.over || tick <= shot.drawnTick) continue;
      const from = this.#place(shot, shot.drawnTick);
      const to = this.#place(shot, tick);
      shot.drawnTick = tick;
      let first = Number.POSITIVE_INFINITY;
      for (const other of others) {
        // As both move from frame to frame.
        const was = this.#before.get(other.id) ?? other;
        const start = { x: from.x - was.x, y: from.y - was.y };
        const end = { x: to.x - other.x, y: to.y - other.y };
        const radius = other.size + BOLT_SIZE;
        const gap = distance(start, end) - radius;
        if (gap > NEAR_METRES) continue;
        if (gap < (shot.near.get(other.id)?.gap ?? Number.POSITIVE_INFINITY)) {
          shot.near.set(other.id, { gap, guessed: other.extrapolated, ageMs });
        }
        const part = meeting(start, end, radius);
        if (part < first) {
          first = part;
          shot.over = true;
          shot.seen = other.mortal ? other.id : undefined;
        }
      }
      if ((tick - shot.tick) * this.seconds > BOLT_SECONDS) shot.over = true;
    }
    this.#before = new Map(others.map(({ id, x, y }) => [id, { x, y }]));
  }

  /** Of shots that are old enough. */
  found(now) {
    const old = this.#shots.filter((shot) => shot.fired && now - shot.at > JUDGED_MS_MAX);
    const all = old.filter((shot) => shot.seen !== undefined || shot.judged !== undefined);
    const hits = all.filter((shot) => this.#isInWindow(shot));
    return {
      shots: old.length,
      hits: hits.length,
      hitsSeenOnly: hits.filter((shot) => shot.judged === undefined).length,
      hitsJudgedOnly: hits.filter((shot) => shot.seen === undefined).length,
      hitAgreement: agreement(hits),
      hitsOutsideWindow: all.length - hits.length,
      hitAgreementOverall: agreement(all),
    };
  }

  /** Those of which screen and server say different things, for whoever wants to know why. */
  disagreements(now) {
    return this.#shots
      .filter((shot) => shot.fired && now - shot.at > JUDGED_MS_MAX && shot.seen !== shot.judged)
      .map((shot) => ({
        tick: shot.tick,
        inWindow: this.#isInWindow(shot),
        seen: shot.seen,
        judged: shot.judged,
        near: [...shot.near].map(([id, { gap, guessed, ageMs }]) => ({ id, gap, guessed, ageMs })),
      }));
  }

  #isInWindow(shot) {
    return [shot.seen, shot.judged].every((id) => {
      const near = id === undefined ? undefined : shot.near.get(id);
      return near === undefined || (!near.guessed && near.ageMs <= this.lookBackMs);
    });
  }

  #place(shot, tick) {
    const seconds = (tick - shot.tick) * this.seconds;
    return { x: shot.x + shot.vx * seconds, y: shot.y + shot.vy * seconds };
  }
}

function agreement(shots) {
  return shots.length === 0 ? Number.NaN : shots.filter((shot) => shot.seen === shot.judged).length / shots.length;
}

/** How near the way from one point to another comes to the origin. */
function distance(from, to) {
  const [wayX, wayY] = [to.x - from.x, to.y - from.y];
  const square = wayX * wayX + wayY * wayY;
  const part = square === 0 ? 0 : Math.min(1, Math.max(0, -(from.x * wayX + from.y * wayY) / square));
  return Math.hypot(from.x + wayX * part, from.y + wayY * part);
}

/** Which part of the way from one point to another lies before the circle around the origin; Infinity when it is not met. */
function meeting(from, to, radius) {
  const [wayX, wayY] = [to.x - from.x, to.y - from.y];
  const a = wayX * wayX + wayY * wayY;
  const b = from.x * wayX + from.y * wayY;
  const c = from.x * from.x + from.y * from.y - radius * radius;
  if (c <= 0) return 0;
  const under = b * b - a * c;
  if (a === 0 || under < 0) return Number.POSITIVE_INFINITY;
  const part = (-b - Math.sqrt(under)) / a;
  return part >= 0 && part <= 1 ? part : Number.POSITIVE_INFINITY;
}
