import type { Entity, Input, TerraneClient } from '../api.js';
import type { AnyGame, ComponentsOf, Game } from '../game.js';
import type { RegionId } from '../partition.js';
import type { WasmRule } from '../wasmRule.js';

/**
 * What a game needs of a world to show it and to play in it. A {@link TerraneClient} is one, and so is a {@link LocalWorld}: code that asks for no more than this does not
 * know whether a server is there.
 *
 * Of `on`, both tell `state`, `self`, `steered` and `snapshot`; a world without a server has no `open`, `info`, `message`, `error` and `correction` to tell.
 */
export type PlayWorld<G extends Game = AnyGame> = Pick<
  TerraneClient<G>,
  | 'state'
  | 'stateReason'
  | 'stateCode'
  | 'entities'
  | 'self'
  | 'partition'
  | 'on'
  | 'onEnter'
  | 'onChange'
  | 'onLeave'
  | 'onEvent'
  | 'steer'
  | 'sampleSelf'
  | 'selfTick'
  | 'predicted'
  | 'renderTimeMs'
  | 'close'
>;

/** Where something is: world metres, radians. What is left out is 0 at first, and stays as it is later. */
export interface Place {
  readonly x?: number;
  readonly y?: number;
  readonly z?: number;
  readonly heading?: number;
}

export interface LocalWorldOptions<G extends Game = AnyGame> {
  /** As a server says it in Welcome, for example `single;width=2000;depth=2000`. */
  readonly partition: string;
  /** The game's movement rule: the module that its server runs. */
  readonly rule: WasmRule | PromiseLike<WasmRule>;
  /** Ticks a second. Default 20. */
  readonly simulationHz?: number;
  /** How far the player sees: what is beyond is in the world, but not in `entities`. Default: everything is seen. */
  readonly viewMetres?: number;
  /** How many things the world may hold; `spawn` throws beyond. Default 4096. */
  readonly entityCountMax?: number;
  /** The own avatar as it begins, with what only its driver is told; `kit.position` and `kit.heading` are made of its place. */
  readonly avatar: { readonly place: Place; readonly components: ComponentsOf<G['self']> };
  /** Called once, before the first tick: what is there from the beginning. */
  readonly begin?: (world: LocalWorld<G>) => void;
  /** Called in each tick, after the own avatar has moved: here the game moves everything else. `input` is what the player did. */
  readonly tick?: (world: LocalWorld<G>, tick: number, seconds: number, input: Input) => void;
  /** Monotonic milliseconds. Default: performance.now. */
  readonly now?: () => number;
}

/**
 * A world without a server. One thread; handlers run inside of ticks, after the tick is done.
 *
 * Its time goes on while it is looked at: whoever draws asks for `renderTimeMs()` or `sampleSelf()` once a frame, and the ticks that are due happen then. While
 * nobody draws (a hidden window) it stands still, and goes on from there.
 */
export interface LocalWorld<G extends Game = AnyGame> extends PlayWorld<G> {
  readonly tick: number;
  /** Everything there is, in view or not, the own avatar, too. */
  readonly population: ReadonlyMap<bigint, Entity<G>>;
  /** Puts something into the world. @throws RangeError when it is full */
  spawn(place: Place, components: ComponentsOf<G['components']>): Entity<G>;
  /** Moves it there, drawn on its way from where it was; faster than 500 m/s it is put there. @throws RangeError of what is not there */
  move(id: bigint, place: Place): void;
  /** Changes these fields of these components; a component that it does not have is added. Also of the own avatar. @throws RangeError of what is not there */
  update(id: bigint, components: ComponentsOf<G['self']>): void;
  /** Moves it as the movement rule would, by one tick, with this input. @throws RangeError of what is not there */
  drive(id: bigint, input: Input): void;
  /** It is despawned. False: it was not there. The own avatar cannot be removed. */
  remove(id: bigint): boolean;
  /** What `onEvent` hears. Coordinates in the payload are measured from the region's origin; default: the own avatar's region. */
  tell<T extends keyof G['events'] & string>(topic: T, payload: Readonly<G['events'][T]>, region?: RegionId): void;
}
