/** `940 B/s`, `9.4 kB/s`, `1.2 MB/s`. */
export function bytesPerSecond(bytes: number): string {
  if (!Number.isFinite(bytes)) return '–';
  if (bytes < 1000) return `${Math.round(bytes)} B/s`;
  if (bytes < 1e6) return `${(bytes / 1000).toFixed(1)} kB/s`;
  return `${(bytes / 1e6).toFixed(1)} MB/s`;
}

export function millis(value: number): string {
  return Number.isFinite(value) ? `${Math.round(value)} ms` : '–';
}

export function rate(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(1)} /s` : '–';
}

/** Whole seconds of a countdown: never 0 while there is time left. */
export function countdown(seconds: number): string {
  return `${Math.max(0, Math.ceil(seconds - 1e-6))} s`;
}

/** Whole points, but a rest of life is never shown as 0. */
export function points(value: number): string {
  return String(value > 0 ? Math.max(1, Math.round(value)) : 0);
}

/** Share from 0 to 1 of a bar. */
export function share(value: number, full: number): number {
  return full > 0 ? Math.min(Math.max(value / full, 0), 1) : 0;
}
