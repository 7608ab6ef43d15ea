/** The highest of the last so many values. */
export class Highest {
  /** -Infinity without any. */
  value = Number.NEGATIVE_INFINITY;
  private readonly values: number[] = [];
  private next = 0;

  constructor(private readonly countMax: number) {}

  add(value: number): void {
    this.values[this.next] = value;
    this.next = (this.next + 1) % this.countMax;
    this.value = Math.max(...this.values);
  }

  clear(): void {
    this.values.length = 0;
    this.next = 0;
    this.value = Number.NEGATIVE_INFINITY;
  }
}
