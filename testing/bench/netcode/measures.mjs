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
