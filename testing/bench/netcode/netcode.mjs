/**
 * `terrane bench netcode` starts it:
 *
 *   node --experimental-websocket netcode.mjs HOST:PORT LINK WARM-UP-SECONDS SECONDS [TRACE-FOLDER|- [CHROMIUM]]
 *
 * Plays in this Node.js, or in a browser where its program is named. Prints one `name value` per line. In the folder it leaves trace.json, of the browser also pictures of what it drew.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { playInChromium } from './chromium.mjs';
import { play } from './play.mjs';

const [address, link, warmUpSeconds, seconds, folder, chromium] = process.argv.slice(2);
if (seconds === undefined) fail('usage: netcode.mjs HOST:PORT LINK WARM-UP-SECONDS SECONDS [TRACE-FOLDER|- [CHROMIUM]]');
if (typeof WebSocket === 'undefined') fail('this Node.js has no WebSocket: version 22, or 20 with --experimental-websocket, is needed');

const keeps = folder !== undefined && folder !== '-';
if (keeps) mkdirSync(folder, { recursive: true });
const wishes = { address, link, warmUpSeconds: Number(warmUpSeconds), seconds: Number(seconds) };
try {
  const { found, trace } = await (chromium === undefined ? play(wishes) : playInChromium(chromium, wishes, keeps ? folder : undefined));
  if (keeps) writeFileSync(join(folder, 'trace.json'), asText({ wishes, found, trace }));
  for (const [name, value] of Object.entries(found)) console.log(`${name} ${value}`);
  process.exit(0);
} catch (problem) {
  fail(problem instanceof Error ? problem.message : String(problem));
}

/** Entity ids are long numbers: as people read them in logs. */
function asText(value) {
  return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? each.toString(16) : each), 1);
}

function fail(message) {
  console.error(`netcode: ${message}`);
  process.exit(1);
}
