/**
 * One player with the real client, over a bad link, in a world of others; in Node.js and in browsers alike.
 *
 * What the server knows is asked of an onlooker: a second client in this process, over the network as it is. Server and clients share the machine's clock, so the true
 * server time is Date.now().
 */
import { connect } from '@terrane/client';
import { OwnPath, Placement, quantile, Shots } from './measures.mjs';

const FRAME_MS = 16;
const STATS_MS = 250;
const LEG_MS = 400;
const JOIN_SECONDS_MAX = 60;
/** Skirmish's; ships have less. */
const KIND_DRONE = 1;
const KIND_ROCK = 2;
const FIRE = 1;
/** The gun's energy is not used up then. */
const SHOT_MS = 500;
const BOLT_SPEED = 160;
const RANGE_METRES = 120;
/** The server's `rewind.maxMs` as it is by default. */
const LOOK_BACK_MS = 500;

/** Connections end because we end them. */
let over = false;
let player;
let onlooker;
/** Since when the onlooker sees whom, in server time. */
const enteredAt = new Map();

/**
 * Plays, once in the life of this module.
 *
 * @param {{ address: string, link: string, warmUpSeconds: number, seconds: number, picture?: (facts: object) => void }} wishes `picture` is told each frame what is drawn where, and where the
 *   onlooker knows it to be
 * @returns {Promise<{ found: Record<string, number>, trace: object }>} what was found, and what it was found from
 */
export async function play({ address, link, warmUpSeconds, seconds, picture }) {
  player = join(address, 'netcode-player', link);
  onlooker = join(address, 'netcode-onlooker', 'none');
  onlooker.onEnter((entity) => enteredAt.set(entity.id, Date.now()));
  onlooker.onLeave((entity) => enteredAt.delete(entity.id));
  await Promise.all([playing(player), playing(onlooker)]);
  steer(player);
  await pause(warmUpSeconds);
  const result = await measure(seconds, picture);
  over = true;
  player.close();
  onlooker.close();
  return result;
}

function join(address, name, conditions) {
  return connect({
    url: `ws://${address}/ws?link=${encodeURIComponent(conditions)}`,
    guestUrl: `http://${address}/api/v1/guest`,
    name,
    clientName: 'netcode-bench/0.1.0',
    reconnect: false,
  });
}

function playing(client) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(why));
    const patience = setTimeout(() => fail(`not in the world after ${JOIN_SECONDS_MAX} s: ${client.stateReason}`), JOIN_SECONDS_MAX * 1000);
    client.on('self', () => {
      clearTimeout(patience);
      resolve();
    });
    client.on('state', (state, reason) => {
      if (state === 'closed' && !over) fail(`the connection ended: ${reason}`);
    });
  });
}

/** Like somebody at the keys: another direction now and then, and shots at whoever is near, where he will be. */
function steer(client) {
  const started = performance.now();
  let firedAt = 0;
  client.steer(() => {
    const now = performance.now();
    const turn = Math.floor((now - started) / LEG_MS) * 2.4;
    const fires = now - firedAt >= SHOT_MS;
    if (fires) firedAt = now;
    return { moveX: Math.cos(turn), moveY: Math.sin(turn), aim: aimAtNearest() ?? turn, held: fires ? FIRE : 0 };
  });
}

/** Everybody as drawn at this moment, with the speed that the picture shows. */
function drawnOthers() {
  const at = player.renderTimeMs();
  const others = [];
  for (const entity of player.entities.values()) {
    const craft = entity.components['skirmish.craft'];
    if (craft === undefined || entity.id === player.self?.avatar || Number(craft.kind) > KIND_ROCK) continue;
    const mortal = Number(craft.kind) <= KIND_DRONE;
    if (mortal && Number(entity.components['skirmish.vitals']?.hull ?? 0) <= 0) continue;
    const { x, y, extrapolated } = entity.sample(at);
    others.push({ id: entity.id, x, y, extrapolated, size: Number(craft.size), mortal, entity });
  }
  return others;
}

function aimAtNearest() {
  const own = player.sampleSelf();
  if (own === undefined) return undefined;
  const near = drawnOthers()
    .filter(({ mortal }) => mortal)
    .map((other) => ({ ...other, away: Math.hypot(other.x - own.x, other.y - own.y) }))
    .sort((one, two) => one.away - two.away)[0];
  if (near === undefined || near.away > RANGE_METRES) return undefined;
  const before = near.entity.sample(player.renderTimeMs() - 100);
  const seconds = near.away / BOLT_SPEED + 0.1;
  const [vx, vy] = [(near.x - before.x) * 10, (near.y - before.y) * 10];
  return Math.atan2(near.y + vy * seconds - own.y, near.x + vx * seconds - own.x);
}

async function measure(lasts, picture) {
  const placement = new Placement();
  const own = new OwnPath();
  const tickMs = 1000 / player.welcome.simulationHz;
  const shots = new Shots(tickMs / 1000, LOOK_BACK_MS);
  /** When tick 0 would have been; who hears of ticks first knows best. */
  let beginMs = Number.NaN;
  const unwatched = onlooker.on('snapshot', (tick) => (beginMs = tick * tickMs - Date.now()));
  const unsteered = player.on('steered', (tick, input) => {
    const state = player.predicted;
    const size = player.entities.get(player.self?.avatar)?.components['skirmish.craft']?.size;
    if ((input.held & FIRE) === 0 || state === undefined || size === undefined) return;
    const [position, velocity] = [state['kit.position'], state['kit.velocity']];
    const { region } = player.self;
    shots.fire(performance.now(), tick, {
      x: player.partition.originX(region) + position.x,
      y: player.partition.originY(region) + position.y,
      yaw: state['kit.heading'].yaw,
      vx: velocity.x,
      vy: velocity.y,
      size: Number(size),
    });
  });
  player.onEvent('skirmish.fired', ({ payload }) => shots.fired(payload.tick));
  player.onEvent('skirmish.judged', ({ payload }) => shots.judged(payload.firedTick, payload.target));
  const from = performance.now();
  const clockErrors = [];
  const trips = [];
  const delays = [];
  const margins = [];
  const reserves = [];
  const samples = [];
  let snapshotCount = 0;
  const unheard = player.on('snapshot', () => {
    snapshotCount++;
    own.hear(performance.now(), player.self?.ackSeq);
  });
  const uncorrected = player.on('correction', (correction) => own.correct(performance.now(), correction));
  const corrections = [];
  const unlisted = player.on('correction', ({ metres, teleport }) => corrections.push({ at: performance.now(), metres, teleport }));
  const stopDrawing = eachFrame(() => {
    const self = player.sampleSelf();
    own.draw(performance.now(), self);
    picture?.({ self, others: drawnOthers(), known: (id) => known(id, player.renderTimeMs()), stats: player.stats });
    shots.draw(player.selfTick, player.selfTick * tickMs - beginMs - player.renderTimeMs(), drawnOthers());
    clockErrors.push(Math.abs(player.serverTimeMs() - Date.now()));
    draw(placement);
    placement.compare(Date.now(), known);
  });
  const reading = setInterval(() => {
    trips.push(player.stats.rttMs);
    delays.push(player.stats.interpolationDelayMs);
    margins.push(player.stats.inputMarginMs);
    reserves.push(player.stats.inputReserveMs);
    const { rttMs, interpolationDelayMs, inputMarginMs, inputReserveMs } = player.stats;
    samples.push({ at: performance.now() - from, rttMs, interpolationDelayMs, inputMarginMs, inputReserveMs });
  }, STATS_MS);
  await pause(lasts);
  const took = (performance.now() - from) / 1000;
  unheard();
  uncorrected();
  unsteered();
  unwatched();
  clearInterval(reading);
  stopDrawing();
  unlisted();
  const found = {
    timeOffsetErrorMillisP95: quantile(clockErrors, 0.95),
    othersErrorMetresP95: quantile(placement.errors, 0.95),
    othersErrorMetresP99: quantile(placement.errors, 0.99),
    othersGuessedShare: placement.guessedShare,
    othersCompared: placement.errors.length,
    othersUnknown: placement.unknownCount,
    ...own.found(took),
    ...shots.found(performance.now()),
    inputMarginMillisP5: quantile(margins, 0.05),
    inputReserveMillisP50: quantile(reserves, 0.5),
    snapshotsPerSecond: snapshotCount / took,
    rttMillisP50: quantile(trips, 0.5),
    interpolationDelayMillisP50: quantile(delays, 0.5),
    framesPerSecond: clockErrors.length / took,
  };
  const trace = {
    corrections: corrections.map((each) => ({ ...each, at: each.at - from })),
    stalls: own.stalls.map(([begin, end]) => [begin - from, end - from]),
    disagreements: shots.disagreements(performance.now()),
    samples,
  };
  return { found, trace };
}

/** Ships and drones; bolts and rocks are no company. */
function draw(placement) {
  const at = player.renderTimeMs();
  for (const entity of player.entities.values()) {
    const craft = entity.components['skirmish.craft'];
    const flies = craft !== undefined && Number(craft.kind) <= KIND_DRONE;
    if (flies && entity.id !== player.self?.avatar) placement.draw(entity.id, at, entity.sample(at));
  }
}

/** Where it was, if the onlooker has seen it before and after. */
function known(id, at) {
  const sample = at > (enteredAt.get(id) ?? Number.POSITIVE_INFINITY) ? onlooker.entities.get(id)?.sample(at) : undefined;
  return sample === undefined || sample.extrapolated ? undefined : sample;
}

function pause(forSeconds) {
  return new Promise((resolve) => setTimeout(resolve, forSeconds * 1000));
}

/** As browsers draw; in Node.js about as often. */
function eachFrame(draw) {
  if (typeof requestAnimationFrame === 'undefined') {
    const timer = setInterval(draw, FRAME_MS);
    return () => clearInterval(timer);
  }
  let stopped = false;
  const next = () => {
    if (stopped) return;
    draw();
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  return () => (stopped = true);
}
