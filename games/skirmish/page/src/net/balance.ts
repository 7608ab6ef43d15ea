import type { Answer, Question, Rest } from './rest.js';

/** What changes together is asked for once. */
const GATHER_MILLIS = 120;
const RETRY_MILLIS = 2000;
const RETRY_MILLIS_MAX = 30_000;

/** A number in the books of the server, asked for whenever it may have changed. */
export class Balance<P extends Question> {
  /** Undefined until the server has told. */
  amount: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retryMillis = RETRY_MILLIS;
  private closed = false;

  /** @param read the number out of an answer */
  constructor(
    private readonly rest: Rest,
    private readonly path: P,
    private readonly read: (answer: Answer<P>) => number,
  ) {}

  refresh(afterMillis = GATHER_MILLIS): void {
    if (!this.closed) this.timer ??= setTimeout(() => void this.ask(), afterMillis);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async ask(): Promise<void> {
    this.timer = undefined; // What changes from now on needs another question.
    const answer = await this.rest.ask(this.path);
    if (!answer) {
      this.refresh(this.retryMillis);
      this.retryMillis = Math.min(2 * this.retryMillis, RETRY_MILLIS_MAX);
      return;
    }
    this.retryMillis = RETRY_MILLIS;
    this.amount = this.read(answer);
  }
}
