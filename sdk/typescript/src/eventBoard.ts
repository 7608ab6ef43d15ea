import type { DurableEvent } from './durable.js';
import type { WireEvent } from './messages.js';

/** Events that come twice come soon after one another. */
const REMEMBERED_MAX = 512;

type Handler = (event: DurableEvent) => void;

/** Who wants to hear of which durable events; each is told once. */
export class EventBoard {
  private readonly handlers = new Map<string, Set<Handler>>();
  /** Oldest first. */
  private readonly told = new Set<string>();

  on(topic: string, handler: Handler): () => void {
    const own = this.handlers.get(topic) ?? new Set();
    this.handlers.set(topic, own.add(handler));
    return () => own.delete(handler);
  }

  heard(wire: WireEvent): void {
    const own = this.handlers.get(wire.topic);
    if (own === undefined || this.told.has(wire.id)) return;
    this.told.add(wire.id);
    for (const oldest of this.told) {
      if (this.told.size <= REMEMBERED_MAX) break;
      this.told.delete(oldest);
    }
    for (const handler of [...own]) {
      try {
        handler({ topic: wire.topic, key: wire.key, id: wire.id, payload: JSON.parse(wire.payload || 'null') });
      } catch (problem) {
        console.error(`a handler of '${wire.topic}' failed`, problem);
      }
    }
  }
}
