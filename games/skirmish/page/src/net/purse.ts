import type { Rest } from './rest.js';

export const CURRENCY = 'credit';
/** What changes together is asked for once. */
const GATHER_MILLIS = 120;
const RETRY_MILLIS = 2000;
const RETRY_MILLIS_MAX = 30_000;

interface Wallets {
  wallets: { wallet: string; available: number }[];
}

/** The credits of a character: asked for whenever they may have changed. */
export class Purse {
  credits: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retryMillis = RETRY_MILLIS;
  private closed = false;

  constructor(private readonly rest: Rest) {}

  refresh(afterMillis = GATHER_MILLIS): void {
    if (!this.closed) this.timer ??= setTimeout(() => void this.read(), afterMillis);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async read(): Promise<void> {
    this.timer = undefined; // What changes from now on needs another question.
    const answer = await this.rest.ask<Wallets>('/wallets');
    if (!answer) {
      this.refresh(this.retryMillis);
      this.retryMillis = Math.min(2 * this.retryMillis, RETRY_MILLIS_MAX);
      return;
    }
    this.retryMillis = RETRY_MILLIS;
    const own = answer.wallets.find((each) => each.wallet === `${this.rest.clientId}/${CURRENCY}`);
    this.credits = own?.available ?? 0;
  }
}
