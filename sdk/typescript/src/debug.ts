import type { TerraneClient } from './api.js';

const HISTORY_MS = 30_000;
const DRAW_MS = 200;
const ROW_PIXELS = 26;
const LABEL_PIXELS = 92;
const VALUE_PIXELS = 74;

/** A row: what it is called, in which unit, and from which value on it is drawn as a worry. */
interface Row {
  readonly label: string;
  readonly unit: string;
  readonly digits: number;
  /** The picture reaches at least to this. */
  readonly scale: number;
  readonly worry: (value: number) => boolean;
  readonly points: { at: number; value: number }[];
}

export interface NetGraphsOptions {
  /** Monotonic milliseconds. Default: performance.now. */
  readonly now?: () => number;
}

/**
 * How a connection does, as pictures of the last half minute on a canvas of your own: round trip, jitter, size of snapshots, the delay of others, how early inputs come, and
 * by how much predictions were wrong. Draws while the canvas is shown. For developers; not part of the main entry.
 */
export class NetGraphs {
  private readonly rows = {
    rtt: row('Round trip', 'ms', 0, 100, (ms) => ms > 200),
    jitter: row('Jitter', 'ms', 0, 20, (ms) => ms > 40),
    size: row('Snapshot', 'B', 0, 1024, (bytes) => bytes > 12_288),
    buffer: row('Others behind', 'ms', 0, 200, (ms) => ms > 200),
    margin: row('Inputs early', 'ms', 0, 50, (ms) => ms < 0),
    error: row('Corrected by', 'm', 2, 0.25, (metres) => metres > 0.25),
  };
  private readonly now: () => number;
  private readonly ends: (() => void)[];

  constructor(
    private readonly client: TerraneClient,
    private readonly canvas: HTMLCanvasElement,
    options: NetGraphsOptions = {},
  ) {
    this.now = options.now ?? (() => performance.now());
    const timer = setInterval(() => this.tick(), DRAW_MS);
    this.ends = [
      () => clearInterval(timer),
      client.on('snapshot', (_tick, bytes) => this.add(this.rows.size, bytes)),
      client.on('correction', ({ metres, teleport }) => !teleport && this.add(this.rows.error, metres)),
    ];
  }

  /** Draws no more, and listens to nothing. */
  close(): void {
    for (const end of this.ends) end();
  }

  private tick(): void {
    const { stats } = this.client;
    this.add(this.rows.rtt, stats.rttMs);
    this.add(this.rows.jitter, stats.jitterMs);
    this.add(this.rows.buffer, stats.interpolationDelayMs);
    this.add(this.rows.margin, stats.inputMarginMs);
    if (this.canvas.clientWidth > 0) this.draw();
  }

  private add({ points }: Row, value: number): void {
    const now = this.now();
    if (Number.isFinite(value)) points.push({ at: now, value });
    while (points[0] !== undefined && points[0].at < now - HISTORY_MS) points.shift();
  }

  private draw(): void {
    const { canvas } = this;
    const rows = Object.values(this.rows);
    const width = canvas.clientWidth;
    const ratio = devicePixelRatio;
    canvas.style.height = `${rows.length * ROW_PIXELS}px`;
    canvas.width = width * ratio;
    canvas.height = rows.length * ROW_PIXELS * ratio;
    const paper = canvas.getContext('2d');
    if (paper === null) return;
    paper.scale(ratio, ratio);
    paper.font = '11px ui-monospace, monospace';
    paper.textBaseline = 'middle';
    rows.forEach((each, i) => this.drawRow(paper, each, i * ROW_PIXELS, width));
  }

  private drawRow(paper: CanvasRenderingContext2D, { label, unit, digits, scale, worry, points }: Row, top: number, width: number): void {
    const last = points.at(-1)?.value;
    paper.fillStyle = '#8fa3b8';
    paper.fillText(label, 0, top + ROW_PIXELS / 2);
    paper.fillStyle = last !== undefined && worry(last) ? '#ff8d6b' : '#dbe7f3';
    paper.textAlign = 'right';
    paper.fillText(last === undefined ? '–' : `${last.toFixed(digits)} ${unit}`, width, top + ROW_PIXELS / 2);
    paper.textAlign = 'left';
    const right = width - VALUE_PIXELS;
    const from = this.now() - HISTORY_MS;
    const most = Math.max(scale, ...points.map(({ value }) => Math.abs(value)));
    for (const { at, value } of points) {
      const x = LABEL_PIXELS + ((at - from) / HISTORY_MS) * (right - LABEL_PIXELS);
      const height = Math.max(1, (Math.abs(value) / most) * (ROW_PIXELS - 6));
      paper.fillStyle = worry(value) ? '#ff8d6b' : '#5fb3d9';
      paper.fillRect(x, top + ROW_PIXELS - 3 - height, 1.5, height);
    }
  }
}

function row(label: string, unit: string, digits: number, scale: number, worry: Row['worry']): Row {
  return { label, unit, digits, scale, worry, points: [] };
}
