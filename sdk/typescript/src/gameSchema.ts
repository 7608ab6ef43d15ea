import type { AnyGame, Game } from './game.js';
import type { WireKind, WireRecord, WireSchema } from './schema.js';

/** A component or event as a client was made for it; `owner …`: told to the avatar's driver only. */
export interface RecordShape {
  readonly version: number;
  readonly fields: Readonly<Record<string, WireKind | `owner ${WireKind}`>>;
}

/** What a generated file knows of its game at run time, and at compile time its types. */
export interface GameSchema<G extends Game = AnyGame> {
  readonly game: string;
  /** Of all types of the game as they were. */
  readonly hash: string;
  readonly components: Readonly<Record<string, RecordShape>>;
  readonly events: Readonly<Record<string, RecordShape>>;
  /** Of commands whose newest version is not the first. */
  readonly commandVersions?: Readonly<Record<string, number>>;
  /** Never there: carries the types. */
  readonly types?: G;
}

/** Why a world's types do not fit those a client was made with, a phrase each; empty if they do. What the world has beside them does not matter. */
export function mismatches(game: GameSchema, world: WireSchema): string[] {
  return [...missing('component', game.components, world.components), ...missing('event', game.events, world.events)];
}

function missing(what: string, wanted: GameSchema['components'], there: readonly WireRecord[]): string[] {
  const byName = new Map(there.map((record) => [record.name, record]));
  return Object.entries(wanted).flatMap(([name, shape]) => {
    const record = byName.get(name);
    if (record === undefined) return [`there is no ${what} ${name}`];
    if (record.version !== shape.version) return [`${what} ${name} has version ${record.version}, not ${shape.version}`];
    return Object.entries(shape.fields).flatMap(([field, kind]) => fieldProblem(`${what} ${name}`, record, field, kind));
  });
}

function fieldProblem(where: string, record: WireRecord, name: string, wanted: string): string[] {
  const field = record.fields.find((each) => each.name === name);
  if (field === undefined) return [`${where} has no field ${name}`];
  const ownerOnly = wanted.startsWith('owner ');
  const kind = ownerOnly ? wanted.slice('owner '.length) : wanted;
  if (field.kind !== kind) return [`${where} has ${name} as ${field.kind}, not ${kind}`];
  return field.ownerOnly && !ownerOnly ? [`${where} tells ${name} to its owner only`] : [];
}
