import type { NetStats } from '../net/link.js';
import { byId, setText } from './dom.js';
import { bytesPerSecond, millis, rate } from './format.js';

const UPDATE_MILLIS = 250;

/** How the connection does, in numbers and pictures. F3 shows the pictures if there are any, then nothing, then the numbers again. */
export class NetPanel {
  private readonly panel = byId('net', HTMLElement);
  private readonly rtt = byId('net-rtt', HTMLElement);
  private readonly tick = byId('net-tick', HTMLElement);
  private readonly entities = byId('net-entities', HTMLElement);
  private readonly bytes = byId('net-bytes', HTMLElement);
  private readonly snapshots = byId('net-snapshots', HTMLElement);
  private readonly delay = byId('net-delay', HTMLElement);
  private readonly margin = byId('net-margin', HTMLElement);
  private readonly corrections = byId('net-corrections', HTMLElement);
  private readonly cell = byId('net-cell', HTMLElement);
  readonly graphs = byId('net-graphs', HTMLCanvasElement);
  private readonly fps = byId('net-fps', HTMLElement);
  private nextMillis = 0;
  /** Whether somebody draws the pictures: there are none of a world without a connection. */
  drawn = false;

  constructor() {
    addEventListener('keydown', (event) => {
      if (event.code !== 'F3') return;
      event.preventDefault();
      const shown = this.panel.hidden ? 'numbers' : this.drawn && this.graphs.hidden ? 'pictures' : 'nothing';
      this.panel.hidden = shown === 'nothing';
      this.graphs.hidden = shown !== 'pictures';
    });
  }

  get shown(): boolean {
    return !this.panel.hidden;
  }

  update(stats: NetStats, fps: number, quality: string, nowMillis: number): void {
    if (nowMillis < this.nextMillis || this.panel.hidden) return;
    this.nextMillis = nowMillis + UPDATE_MILLIS;
    setText(this.rtt, millis(stats.rttMillis));
    setText(this.tick, String(Math.floor(stats.tick)));
    setText(this.entities, String(stats.entities));
    setText(this.bytes, bytesPerSecond(stats.bytesPerSecond));
    setText(this.snapshots, rate(stats.snapshotsPerSecond));
    setText(this.delay, millis(stats.viewDelayMillis));
    setText(this.margin, millis(stats.inputMarginMillis));
    const { corrections, correctionMetresMax } = stats;
    setText(this.corrections, Number.isNaN(corrections) ? '–' : `${corrections} /min, ${correctionMetresMax.toFixed(2)} m`);
    setText(this.cell, stats.cell || '–');
    setText(this.fps, `${Math.round(fps)} /s, ${quality}`);
  }
}
