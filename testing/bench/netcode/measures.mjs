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

/**
 * Whether shots hit whom the shooter saw them hit. His bolts fly on his screen, in his ship's time, through the others as they are drawn there; the server tells (`skirmish.judged`) whom
 * each of them has hit.
 */
export class Shots {
  /** @type {{ tick: number, at: number, x: number, y: number, vx: number, vy: number, drawnTick: number, over: boolean, fired: boolean, seen?: bigint, judged?: bigint }[]} */
  #shots = [];
  #readyTick = 0;

  /** @param {number} seconds of a tick */
  constructor(seconds) {
    this.seconds = seconds;
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
   * @param {{ id: bigint, x: number, y: number, size: number, mortal: boolean }[]} others as they are drawn
   */
  draw(tick, others) {
    for (const shot of this.#shots) {
      if (shot.over || tick <= shot.drawnTick) continue;
      const from = this.#place(shot, shot.drawnTick);
      const to = this.#place(shot, tick);
      shot.drawnTick = tick;
      let first = Number.POSITIVE_INFINITY;
      for (const other of others) {
        const part = meeting(other, from, to, other.size + BOLT_SIZE);
        if (part < first) {
          first = part;
          shot.over = true;
          shot.seen = other.mortal ? other.id : undefined;
        }
      }
      if ((tick - shot.tick) * this.seconds > BOLT_SECONDS) shot.over = true;
    }
  }

  /** Of shots that are old enough. */
  found(now) {
    const old = this.#shots.filter((shot) => shot.fired && now - shot.at > JUDGED_MS_MAX);
    const hits = old.filter((shot) => shot.seen !== undefined || shot.judged !== undefined);
    const agreed = hits.filter((shot) => shot.seen === shot.judged);
    return {
      shots: old.length,
      hits: hits.length,
      hitsSeenOnly: hits.filter((shot) => shot.judged === undefined).length,
      hitsJudgedOnly: hits.filter((shot) => shot.seen === undefined).length,
      hitAgreement: hits.length === 0 ? Number.NaN : agreed.length / hits.length,
    };
  }

  #place(shot, tick) {
    const seconds = (tick - shot.tick) * this.seconds;
    return { x: shot.x + shot.vx * seconds, y: shot.y + shot.vy * seconds };
  }
}

/** Which part of the way from one point to another lies before the circle; Infinity when it is not met. */
function meeting({ x, y }, from, to, radius) {
  const [wayX, wayY] = [to.x - from.x, to.y - from.y];
  const [awayX, awayY] = [from.x - x, from.y - y];
  const a = wayX * wayX + wayY * wayY;
  const b = awayX * wayX + awayY * wayY;
  const c = awayX * awayX + awayY * awayY - radius * radius;
  if (c <= 0) return 0;
  const under = b * b - a * c;
  if (a === 0 || under < 0) return Number.POSITIVE_INFINITY;
  const part = (-b - Math.sqrt(under)) / a;
  return part >= 0 && part <= 1 ? part : Number.POSITIVE_INFINITY;
}
