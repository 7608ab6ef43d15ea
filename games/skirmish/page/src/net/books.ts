import { Balance } from './balance.js';
import { Rest } from './rest.js';
import type { InventoryResultsMoved } from './skirmishGame.js';

const CURRENCY = 'credit';
const SALVAGE = 'salvage';

/** What one guest has, by the books of the server's services. */
export class Books {
  readonly rest: Rest;
  readonly credits: Balance<'/wallets'>;
  readonly cargo: Balance<'/containers'>;

  /** @param token as the socket was opened with */
  constructor(token: string | undefined) {
    const rest = new Rest(token);
    this.rest = rest;
    this.credits = new Balance(rest, '/wallets', ({ wallets }) => {
      return wallets.find((each) => each.wallet === `${rest.clientId}/${CURRENCY}`)?.available ?? 0;
    });
    this.cargo = new Balance(rest, '/containers', ({ containers }) => {
      const hold = containers.find((each) => each.container === this.hold);
      return (hold?.slots ?? []).reduce((sum, slot) => sum + (slot.item === SALVAGE ? slot.amount : 0), 0);
    });
  }

  /** What is known of the same guest stays known until the server has told anew. */
  follow(before: Books): void {
    before.close();
    if (before.rest.clientId !== this.rest.clientId) return;
    this.credits.amount = before.credits.amount;
    this.cargo.amount = before.cargo.amount;
  }

  refresh(afterMillis?: number): void {
    this.credits.refresh(afterMillis);
    this.cargo.refresh(afterMillis);
  }

  /** Pieces of salvage that this movement says were found, and not bought or shifted. */
  foundBy(moved: InventoryResultsMoved): number {
    return moved.item === SALVAGE && moved.from === '' && moved.to === this.hold ? moved.amount : 0;
  }

  private get hold(): string {
    return `${this.rest.clientId}/cargo`;
  }

  private close(): void {
    this.credits.close();
    this.cargo.close();
  }
}
