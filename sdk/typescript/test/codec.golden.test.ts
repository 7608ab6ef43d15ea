import { expect, test } from 'vitest';
import { ByteReader } from '../src/bytes.js';
import {
  decode,
  encodeCommand,
  encodeGameMessage,
  encodeHello,
  encodeInput,
  encodePing,
  encodePong,
  encodeResultAck,
} from '../src/codec.js';
import { type EntityLayout, shown, WireLayout } from '../src/layout.js';
import { BASE_MASK, chunkKey, readRecords, type SnapshotRecord, sliceKey } from '../src/records.js';
import { decodeSchema } from '../src/schema.js';
import { SelfState } from '../src/selfState.js';
import { type SliceEntity, SliceState } from '../src/slice.js';
import { isSnapshot, SnapshotReader } from '../src/snapshot.js';
import { golden, goldenBytes, plain } from './golden.js';

const layout = new WireLayout(decodeSchema(golden('schema').bytes));

function logged() {
  const log: unknown[] = [];
  const listener = {
    entered: (entity: SliceEntity) => log.push(['entered', entity.slot, entity.id]),
    changed: (entity: SliceEntity, indices: readonly number[]) => log.push(['changed', entity.slot, [...indices]]),
    left: (entity: SliceEntity, reason: string) => log.push(['left', entity.slot, reason]),
    event: (name: string, fields: object) => log.push(['event', name, fields]),
  };
  return { log, listener };
}

function keyframed(): SliceState {
  const state = new SliceState(layout);
  state.applyKeyframe(new ByteReader(golden('keyframe').bytes), logged().listener);
  return state;
}

function fieldsOf(entityLayout: EntityLayout, entity: SliceEntity) {
  const components: Record<string, Record<string, unknown>> = {};
  entityLayout.fields.forEach((field, i) => {
    (components[field.component] ??= {})[field.name] = shown(field, entity.values[i]!);
  });
  return components;
}

function described(state: SliceState) {
  const slots = [...state.entities].map((entity) => [
    entity.slot,
    { id: entity.id, ownership: entity.ownership, components: fieldsOf(entity.layout, entity) },
  ]);
  return plain(Object.fromEntries(slots));
}

test('reads the golden schema', () => {
  expect(layout.schema).toEqual(golden('schema').meaning);
});

test('reads the golden keyframe', () => {
  expect(described(keyframed())).toEqual(golden('keyframe').meaning);
});

test('applies the golden delta to the golden keyframe', () => {
  const { bytes, meaning } = golden('delta');
  const state = keyframed();
  const { log, listener } = logged();
  state.applyDelta(new ByteReader(bytes), listener);
  expect(plain(log)).toEqual(meaning.log);
  expect(described(state)).toEqual(meaning.after);

  const moves = golden('moves');
  const second = logged();
  state.applyDelta(new ByteReader(moves.bytes), second.listener);
  expect(plain(second.log)).toEqual(moves.meaning.log);
  expect(described(state)).toEqual(moves.meaning.after);
});

const slices = new Map<number, { state: SliceState; seq: number }>();
const self = new SelfState(layout);

function describedRecord(record: SnapshotRecord): unknown {
  const { log, listener } = logged();
  switch (record.kind) {
    case 'delta': {
      const { kind, number, age } = record;
      const slice = slices.get(number)!;
      expect(slice.seq & BASE_MASK).toBe(record.base);
      slice.seq += record.step;
      slice.state.applyChanges(record.parts, record.body, listener);
      return { kind, number, seq: slice.seq, age, log };
    }
    case 'keyframe': {
      const { kind, number, seq, age } = record;
      const state = new SliceState(layout);
      slices.set(number, { state, seq });
      state.applyKeyframe(record.body, listener);
      return { kind, address: sliceKey(record.address), number, seq, age, log };
    }
    case 'forget':
      return { kind: record.kind, chunk: chunkKey(record.address) };
    case 'self':
      self.read(record.body);
      return { kind: record.kind, components: self.components };
    case 'self-changes':
      self.change(record.body);
      return { kind: record.kind, components: self.components };
    case 'input-margin':
      return record;
    case 'events': {
      const events: unknown[] = [];
      while (record.body.remaining > 0) {
        const { name, fields } = layout.readEvent(record.body);
        events.push([name, fields]);
      }
      return { kind: record.kind, events };
    }
  }
}

test('reads the golden snapshots, each of which builds on the one before', () => {
  const reader = new SnapshotReader(20);
  for (const name of ['snapshot', 'snapshot-next', 'snapshot-usual', 'snapshot-margin']) {
    const { bytes, meaning } = golden(name);
    expect(isSnapshot(bytes)).toBe(true);
    const { payload, ...head } = reader.read(bytes);
    const records: unknown[] = [];
    for (const record of readRecords(payload)) records.push(describedRecord(record));
    expect(plain({ ...head, records }), name).toEqual(meaning);
  }
});

test('refuses a snapshot that builds on one that never came', () => {
  expect(() => new SnapshotReader(20).read(golden('snapshot-usual').bytes)).toThrow('first snapshot leaves out');
  const records = readRecords(new SnapshotReader(20).read(golden('snapshot').bytes).payload);
  const state = new SelfState(layout);
  expect(() => state.change((records.next().value as SnapshotRecord & { kind: 'self' }).body)).toThrow('never told');
});

test('reads what the server says', () => {
  const read = (name: string) => decode(golden(name).bytes);
  expect(plain(read('welcome'))).toEqual({ type: 'welcome', welcome: golden('welcome').meaning });
  expect(plain(read('info'))).toEqual({ type: 'info', info: golden('info').meaning });
  expect(plain(read('error'))).toEqual({ type: 'error', error: golden('error').meaning });
  expect(read('ping')).toEqual({ type: 'ping', ...golden('ping').meaning });
  expect(read('pong')).toEqual({ type: 'pong', ...golden('pong').meaning });
  expect(read('command-result')).toEqual({ type: 'result', result: golden('command-result').meaning });
  expect(read('command-refused')).toEqual({ type: 'result', result: golden('command-refused').meaning });
  expect(read('event')).toEqual({ type: 'event', event: golden('event').meaning });
  const message = read('game-message');
  if (message.type !== 'message') throw new Error(message.type);
  expect({ ...message.message, payload: Buffer.from(message.message.payload).toString('hex') }).toEqual(
    golden('game-message').meaning,
  );
});

test('says what the server reads', () => {
  const { seq, clientTick, viewTick, ...input } = golden('input').meaning;
  const command = golden('command').meaning;
  const json = new TextEncoder().encode(command.payload);
  const written: Record<string, Uint8Array> = {
    hello: encodeHello(golden('hello').meaning),
    'hello-token': encodeHello(golden('hello-token').meaning),
    input: encodeInput(seq, clientTick, viewTick, { ...input, pressed: Number(input.pressed) }),
    'game-message': encodeGameMessage(7, 9, new Uint8Array([1, 2, 255])),
    command: encodeCommand(command.type, command.version, command.requestId, json),
    'result-ack': encodeResultAck(golden('result-ack').meaning.requestIds),
    ping: encodePing(1234.5),
  };
  // The two builders lay tables out differently, so these are files of their own; the golden test of Java reads them.
  for (const [name, bytes] of Object.entries(written)) {
    expect(Buffer.from(bytes).toString('hex'), name).toBe(goldenBytes(`ts-${name}`, bytes).toString('hex'));
  }
  expect(decode(encodePong(3))).toEqual({ type: 'pong', sentAt: 3, serverTime: 0 });
});
