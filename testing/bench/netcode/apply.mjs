/**
 * `terrane bench apply` starts it:
 *
 *   node --experimental-websocket apply.mjs HOST:PORT SECONDS [CHROMIUM]
 *
 * Watches a world for so long, then plays what came to new clients, here and in a browser. Prints one `name value` per line.
 */
import { connect } from '@terrane/client';
import { inChromium } from './chromium.mjs';
import { replay } from './replay.mjs';

/** Everybody enters, and code is cold. */
const SKIPPED = 40;
/** The first makes the code warm. */
const ROUNDS = 3;
const JOIN_SECONDS_MAX = 60;

const [address, seconds, chromium] = process.argv.slice(2);
if (seconds === undefined) fail('usage: apply.mjs HOST:PORT SECONDS [CHROMIUM]');
if (typeof WebSocket === 'undefined') fail('this Node.js has no WebSocket: version 22, or 20 with --experimental-websocket, is needed');

try {
  const messages = await record(Number(seconds));
  print('node', await rounds(messages));
  if (chromium !== undefined) print('chromium', await roundsInChromium(messages));
  process.exit(0);
} catch (problem) {
  fail(problem instanceof Error ? problem.message : String(problem));
}

function print(where, found) {
  for (const [name, value] of Object.entries(found)) console.log(`${where}${name[0].toUpperCase()}${name.slice(1)} ${value}`);
}

async function record(forSeconds) {
  const messages = [];
  const client = connect({
    url: `ws://${address}/ws`,
    guestUrl: `http://${address}/api/v1/guest`,
    name: 'apply-onlooker',
    reconnect: false,
    predict: false,
    openSocket: (url) => {
      const socket = new WebSocket(url);
      socket.addEventListener('message', ({ data }) => messages.push({ at: performance.now(), bytes: new Uint8Array(data.slice(0)) }));
      return socket;
    },
  });
  await new Promise((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error(`not in the world after ${JOIN_SECONDS_MAX} s: ${client.stateReason}`)), JOIN_SECONDS_MAX * 1000);
    client.on('self', () => {
      clearTimeout(patience);
      resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, forSeconds * 1000));
  client.close();
  return messages;
}

async function rounds(messages) {
  let found;
  for (let i = 0; i < ROUNDS; i++) found = await replay(messages, SKIPPED);
  return found;
}

function roundsInChromium(messages) {
  return inChromium(chromium, async (tab) => {
    // By parts: one message of the protocol has its limits.
    await tab.evaluate('window.recorded = []; 0');
    for (const { at, bytes } of messages) {
      await tab.evaluate(`recorded.push({ at: ${at}, bytes: Uint8Array.from(atob('${Buffer.from(bytes).toString('base64')}'), (c) => c.charCodeAt(0)) })`);
    }
    const text = await tab.evaluate(`import('/bench/replay.mjs').then(async ({ replay }) => {
      let found;
      for (let i = 0; i < ${ROUNDS}; i++) found = await replay(recorded, ${SKIPPED});
      return JSON.stringify(found);
    })`);
    return JSON.parse(text, (_, each) => each ?? Number.NaN);
  });
}

function fail(message) {
  console.error(`apply: ${message}`);
  process.exit(1);
}
