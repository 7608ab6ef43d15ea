import { Entity } from 'playcanvas';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EntitySpawner, FloatingOrigin, InterpolatedTransform, NetworkEntity, originOf, PredictedPlayer, sessionOf } from '../src/index.js';
import { FAR, TestStage } from './stage.js';

let stage: TestStage;
beforeEach(() => (stage = new TestStage()));
afterEach(() => stage.close());

const EAST = { readInput: () => ({ moveX: 1 }) };

test('the own avatar goes where its input wants, and is right 10^9 m out', async () => {
  const player = stage.put('player', [PredictedPlayer, { input: EAST }]); // before there is a session
  stage.put('origin', [FloatingOrigin, { stepMetres: 0 }]);
  const marker = stage.put('marker', [NetworkEntity, { avatar: true }], [InterpolatedTransform]);
  const session = stage.session();
  await TestStage.settled();
  const steps: number[] = [];
  let [before, apart] = [0, 0];
  stage.run(5_000, () => {
    if (session.own === undefined) return;
    steps.push(session.own.x - before);
    before = session.own.x;
    apart = Math.max(apart, Math.abs(player.getLocalPosition().x - marker.getLocalPosition().x), Math.abs(player.getLocalPosition().x));
  });
  expect(session.own!.x).toBeGreaterThan(FAR + 100);
  expect(Math.max(...steps.slice(1))).toBeLessThan(40 * 0.008 + 0.001);
  expect(Math.min(...steps.slice(20))).toBeGreaterThan(0);
  expect(marker.script!.get<InterpolatedTransform>(InterpolatedTransform)!.moment.x).toBe(session.own!.x);
  expect(apart).toBe(0); // the scene's origin goes with it, and everybody draws one moment
  expect(originOf(stage.app).x).toBe(session.own!.x);
});

test('a world lies in the scene with north away from the viewer, and a model looks where it heads', async () => {
  const session = stage.session({ begin: (world) => void world.spawn({ x: FAR + 3, y: 4, z: 5, heading: Math.PI / 2 }, {}) });
  stage.put('origin', [FloatingOrigin, { stepMetres: 100, unitsPerMetre: 2 }]);
  const all = stage.put('all', [EntitySpawner, { make: () => new Entity('thing', stage.app), avatar: false }]);
  await TestStage.settled();
  stage.run(200);
  expect([...session.localWorld!.population.keys()]).toEqual([1n, 2n]);
  const thing = all.script!.get<EntitySpawner>(EntitySpawner)!.find(2n)!;
  const at = thing.getLocalPosition();
  expect([at.x, at.y, at.z]).toEqual([6, 10, -8]);
  // −z is ahead, in PlayCanvas; heading π/2 is the world's +y, which is the scene's −z.
  expect(thing.forward.z).toBeCloseTo(-1, 6);
  expect(stage.heard.filter(([name]) => name === 'terrane:origin')).toEqual([['terrane:origin', -2 * FAR, 0]]);
});

test('who stops steering, or is disabled, wants nothing', async () => {
  const player = stage.put('player', [PredictedPlayer, { input: EAST }]);
  const session = stage.session();
  await TestStage.settled();
  const wishes: (number | undefined)[] = [];
  session.world!.on('steered', (_, input) => wishes.push(input.moveX));
  stage.run(200);
  player.script!.get<PredictedPlayer>(PredictedPlayer)!.enabled = false;
  stage.run(200);
  player.destroy();
  stage.run(200);
  expect(new Set(wishes.slice(0, 3))).toEqual(new Set([1]));
  expect(new Set(wishes.slice(5))).toEqual(new Set([0]));
});

test('who is asked for input is the first script beside the player that can answer', async () => {
  const player = stage.put('player');
  const { KeyboardInput } = await import('../src/index.js');
  const listeners = new Map<string, (event: unknown) => void>();
  vi.stubGlobal('addEventListener', (name: string, handler: (event: unknown) => void) => listeners.set(name, handler));
  vi.stubGlobal('removeEventListener', (name: string) => listeners.delete(name));
  player.script!.create(KeyboardInput);
  player.script!.create(PredictedPlayer);
  const session = stage.session();
  await TestStage.settled();
  const inputs: unknown[] = [];
  session.world!.on('steered', (_, input) => inputs.push(input));
  stage.run(50);
  listeners.get('keydown')!({ code: 'KeyW' });
  listeners.get('keydown')!({ code: 'Space' });
  listeners.get('keyup')!({ code: 'Space' });
  stage.run(104);
  listeners.get('blur')!({});
  stage.run(50);
  const aim = Math.PI / 2;
  expect(inputs).toEqual([
    { moveX: 0, moveY: 0, aim: 0, held: 0, pressed: 0 },
    { moveX: 0, moveY: 1, aim, held: 0, pressed: 1 },
    { moveX: 0, moveY: 1, aim, held: 0, pressed: 0 },
    { moveX: 0, moveY: 0, aim, held: 0, pressed: 0 },
  ]);
  player.destroy();
  expect(listeners.size).toBe(0);
  vi.unstubAllGlobals();
});

test('a session says on the application what becomes of it, and there is one', async () => {
  const session = stage.session({}, { autoStart: false });
  expect(sessionOf(stage.app)).toBe(session);
  session.start();
  const first = session.world;
  await TestStage.settled();
  session.start();
  await TestStage.settled();
  session.stop();
  expect(stage.heard.map(([name, first]) => [name, typeof first === 'object' ? 'a world' : first])).toEqual([
    ...[['terrane:world', 'a world'], ['terrane:state', 'open'], ['terrane:world', undefined]],
    ...[['terrane:world', 'a world'], ['terrane:state', 'open'], ['terrane:world', undefined]],
  ]);
  expect(first!.state).toBe('closed');
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(stage.session().enabled).toBe(false);
  expect(String(vi.mocked(console.error).mock.calls)).toContain('there is a terraneSession on session already; session has a second one');
  vi.restoreAllMocks();
});

test('what is online is asked by the same name', async () => {
  const sockets: string[] = [];
  const openSocket = (url: string) => {
    sockets.push(url);
    return { binaryType: '', onopen: null, onmessage: null, onclose: null, onerror: null, bufferedAmount: 0, send() {}, close() {} };
  };
  const session = stage.session({}, { mode: 'online', url: 'ws://play.example/ws', token: 't', options: { openSocket, now: () => stage.clock.now } });
  expect(session.client).toBe(session.world);
  expect(session.localWorld).toBeUndefined();
  await TestStage.settled();
  expect(sockets).toEqual(['ws://play.example/ws?token=t']);
  stage.run(100);
  expect(session.own).toBeUndefined();
  session.mode = 'alone';
  session.start();
  expect(session.client).toBeUndefined();
  expect(session.localWorld).toBe(session.world);
});

test('a session that is alone says what it lacks', async () => {
  const none = stage.session({ avatar: undefined as never }, { autoStart: false });
  expect(() => none.start()).toThrow('needs an own avatar');
  const other = new TestStage();
  const session = other.session({ rule: undefined as never });
  await TestStage.settled();
  expect(session.world!.stateReason).toContain('needs a movement rule');
  other.close();
});

test('an origin that floats in steps stays while the avatar is near', async () => {
  stage.put('player', [PredictedPlayer, { input: EAST }]);
  stage.put('origin', [FloatingOrigin, { stepMetres: 50 }]);
  const session = stage.session();
  await TestStage.settled();
  let farthest = 0;
  stage.run(5_000, () => {
    if (session.own !== undefined) farthest = Math.max(farthest, Math.abs(originOf(stage.app).sceneX(session.own.x)));
  });
  const moved = stage.heard.filter(([name]) => name === 'terrane:origin').map(([, x]) => x as number);
  expect(moved.length).toBeGreaterThan(2);
  expect(farthest).toBeLessThan(50.001);
  for (const each of moved.slice(1)) expect(each).toBeLessThanOrEqual(-50);
});
