import type { Entity, Fields } from './api.js';
import type { DurableEvent } from './durable.js';
import type { RegionId } from './partition.js';

/** A game's types, for the compiler: `./terrane generate ts` writes them. */
export interface Game {
  /** What is told of entities in view, by component. */
  readonly components: object;
  /** The same of the own avatar, with what only its driver is told. */
  readonly self: object;
  /** Events that are told once to whoever sees them, by name. */
  readonly events: object;
  /** `{ payload, result }` of durable commands, by type. */
  readonly commands: object;
  /** Payloads of durable events, by topic. */
  readonly durableEvents: object;
}

/** Any game: everything goes by its name, and values are what they turn out to be. */
export interface AnyGame extends Game {
  readonly components: Record<string, Fields>;
  readonly self: Record<string, Fields>;
  readonly events: Record<string, Fields>;
  readonly commands: Record<string, { payload: unknown; result: unknown }>;
  readonly durableEvents: Record<string, unknown>;
}

/** An entity may lack any component. */
export type ComponentsOf<C> = string extends keyof C
  ? Readonly<Record<string, Fields>>
  : { readonly [K in keyof C]?: Readonly<C[K]> };

export type ComponentName<G extends Game> = keyof G['components'] & string;

/** An entity of which one component is known to be there. */
export type EntityWith<G extends Game, K extends ComponentName<G>> = Entity<G> & {
  readonly components: { readonly [N in K]: Readonly<G['components'][N]> };
};

/** Full names of fields, such as `kit.position.x`. */
export type FieldName<G extends Game, K extends ComponentName<G> = ComponentName<G>> = string extends K
  ? string
  : { [N in K]: `${N}.${keyof G['components'][N] & string}` }[K];

export type CommandName<G extends Game> = keyof G['commands'] & string;
export type PayloadOf<G extends Game, K extends CommandName<G>> = G['commands'][K] extends { payload: infer P } ? P : unknown;
export type ResultOf<G extends Game, K extends CommandName<G>> = G['commands'][K] extends { result: infer R } ? R : unknown;

/** Something that is seen to happen, and is over: told once, to whoever looks that way. */
export interface GameEvent<P = Fields, T extends string = string> {
  /** For example `skirmish.shot`. */
  readonly topic: T;
  readonly payload: P;
  /** From whose origin coordinates in the payload are measured. */
  readonly region: RegionId;
}

type Topic<G extends Game> = (keyof G['events'] | keyof G['durableEvents']) & string;
type Domain<T extends string> = T extends `evt.${infer D}.${string}` ? `evt.${D}.*` : T extends `${infer D}.${string}` ? `${D}.*` : never;

/** A topic, all topics of a domain (`evt.trade.*`, `skirmish.*`), or all there are (`*`). */
export type EventPattern<G extends Game> = string extends Topic<G> ? string : Topic<G> | Domain<Topic<G>> | '*';

type Matching<G extends Game, P extends string> = P extends '*'
  ? Topic<G>
  : P extends `${infer D}.*`
    ? Extract<Topic<G>, `${D}.${string}`>
    : P;

type EventOfTopic<G extends Game, T extends string> = T extends keyof G['durableEvents']
  ? DurableEvent<G['durableEvents'][T], T>
  : T extends keyof G['events']
    ? GameEvent<Readonly<G['events'][T]>, T>
    : never;

/** What a handler of such a pattern is told: topics that begin with `evt.` are durable, others are not. */
export type EventOf<G extends Game, P extends string> = string extends Topic<G>
  ? P extends `evt.${string}`
    ? DurableEvent
    : P extends '*'
      ? GameEvent | DurableEvent
      : GameEvent
  : EventOfTopic<G, Matching<G, P>>;
