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
