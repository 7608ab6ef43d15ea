/** What the player sees, from above: others as they are drawn, a ring around where they are known to have been, his own ship and the way it took. */

const PIXELS_PER_METRE = 4;
const TRAIL_COUNT = 240;

export class Picture {
  #trail = [];

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    canvas.width = canvas.clientWidth;
    canvas.height = canvas.clientHeight;
    this.pen = canvas.getContext('2d');
  }

  /** @param {{ self?: object, others: object[], known: (id: bigint) => object | undefined, stats: object }} facts of this frame */
  draw({ self, others, known, stats }) {
    if (self === undefined) return;
    const { canvas, pen } = this;
    this.#trail.push({ x: self.x, y: self.y });
    if (this.#trail.length > TRAIL_COUNT) this.#trail.shift();
    pen.clearRect(0, 0, canvas.width, canvas.height);
    const at = ({ x, y }) => [canvas.width / 2 + (x - self.x) * PIXELS_PER_METRE, canvas.height / 2 - (y - self.y) * PIXELS_PER_METRE];
    for (const other of others) {
      this.#disc(...at(other), other.size * PIXELS_PER_METRE, !other.mortal ? '#3a4048' : other.extrapolated ? '#e0a040' : '#5090e0');
      const truth = other.mortal ? known(other.id) : undefined;
      if (truth !== undefined) this.#ring(...at(truth), other.size * PIXELS_PER_METRE + 3, '#60d090');
    }
    pen.strokeStyle = '#ffffff60';
    pen.beginPath();
    for (const point of this.#trail) pen.lineTo(...at(point));
    pen.stroke();
    this.#disc(...at(self), 8, '#ffffff');
    pen.fillStyle = '#c0c8d0';
    pen.font = '16px monospace';
    const numbers = ['rttMs', 'interpolationDelayMs', 'inputMarginMs', 'correctionsPerMinute'].map((name) => `${name} ${Number(stats[name]).toFixed(0)}`);
    pen.fillText(numbers.join('   '), 16, 28);
    pen.fillText('blue: drawn · orange: guessed · green ring: where it was at that moment · white: own ship and its way', 16, canvas.height - 16);
  }

  #disc(x, y, radius, colour) {
    this.pen.fillStyle = colour;
    this.pen.beginPath();
    this.pen.arc(x, y, radius, 0, 2 * Math.PI);
    this.pen.fill();
  }

  #ring(x, y, radius, colour) {
    this.pen.strokeStyle = colour;
    this.pen.beginPath();
    this.pen.arc(x, y, radius, 0, 2 * Math.PI);
    this.pen.stroke();
  }
}
