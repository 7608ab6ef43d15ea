import type { Fields } from './api.js';
import type { DurableEvent } from './durable.js';
import type { GameEvent } from './game.js';
import type { WireEvent } from './messages.js';
import type { RegionId } from './partition.js';

/** Events that come twice come soon after one another. */
const REMEMBERED_MAX = 512;

type Handler = (event: GameEvent | DurableEvent) => void;

/** Who wants to hear of which events, by topic (`evt.trade.ended`), by domain (`evt.trade.*`) or of all (`*`). Durable ones are told once each. */
export class EventBoard {
  private readonly handlers = new Map<string, Set<Handler>>();
  /** Ids of durable ones, oldest first. */
  private readonly told = new Set<string>();

  on(pattern: string, handler: Handler): () => void {
    const own = this.handlers.get(pattern) ?? new Set();
    this.handlers.set(pattern, own.add(handler));
    return () => own.delete(handler);
  }

  seen(topic: string, payload: Fields, region: RegionId): void {
    const concerned = this.concerned(topic);
    if (concerned.length > 0) tell(concerned, { topic, payload, region });
  }

  heard(wire: WireEvent): void {
    const concerned = this.concerned(wire.topic);
    if (concerned.length === 0 || this.told.has(wire.id)) return;
    this.told.add(wire.id);
    for (const oldest of this.told) {
      if (this.told.size <= REMEMBERED_MAX) break;
      this.told.delete(oldest);
    }
    const { topic, key, id } = wire;
    tell(concerned, () => ({ topic, key, id, payload: JSON.parse(wire.payload || 'null') as unknown }));
  }

  private concerned(topic: string): Handler[] {
    if (this.handlers.size === 0) return [];
    return [topic, domainOf(topic), '*'].flatMap((pattern) => [...(this.handlers.get(pattern) ?? [])]);
  }
}

/** `evt.trade.*` of `evt.trade.ended`, `skirmish.*` of `skirmish.shot`. */
function domainOf(topic: string): string {
  const dot = topic.indexOf('.', topic.startsWith('evt.') ? 'evt.'.length : 0);
  return `${dot < 0 ? topic : topic.slice(0, dot)}.*`;
}

/** @param event or what makes it, for each handler anew: what one does to it is not the others' business */
function tell(handlers: readonly Handler[], event: GameEvent | (() => DurableEvent)): void {
  for (const handler of handlers) {
    try {
      handler(typeof event === 'function' ? event() : event);
    } catch (problem) {
      console.error('a handler of an event failed', problem);
    }
  }
}
