/** A recorded connection, played to a new client as fast as it can take it: what decoding and applying snapshots costs. In Node.js and in browsers alike. */
import { connect } from '@terrane/client';
import { quantile } from './measures.mjs';

/**
 * @param {{ at: number, bytes: Uint8Array }[]} messages of one connection from its Welcome on, with the milliseconds at which they came
 * @param {number} skipped snapshots at the beginning, while code is cold and everybody enters
 */
export async function replay(messages, skipped) {
  let now = messages[0].at;
  const socket = { binaryType: '', bufferedAmount: 0, send: () => {}, close: () => {} };
  const client = connect({ url: 'ws://recorded/', token: 'recorded', reconnect: false, predict: false, now: () => now, openSocket: () => socket });
  await new Promise((resolve) => setTimeout(resolve));
  socket.onopen();
  let snapshots = 0;
  client.on('snapshot', () => snapshots++);
  const millis = [];
  const sizes = [];
  const counts = [];
  const allocated = [];
  for (const { at, bytes } of messages) {
    now = at;
    // A message of its own, as from the network.
    const data = bytes.slice().buffer;
    const before = snapshots;
    const heapBefore = heapBytes();
    const began = performance.now();
    socket.onmessage({ data });
    const took = performance.now() - began;
    const grown = heapBytes() - heapBefore;
    if (snapshots === before || snapshots <= skipped) continue;
    millis.push(took);
    sizes.push(bytes.length);
    counts.push(client.entities.size);
    if (grown >= 0) allocated.push(grown); // else the collector ran in between
  }
  client.close();
  return {
    snapshots: millis.length,
    entitiesP50: quantile(counts, 0.5),
    snapshotBytesP50: quantile(sizes, 0.5),
    applyMillisP50: quantile(millis, 0.5),
    applyMillisP95: quantile(millis, 0.95),
    applyMillisMax: Math.max(...millis),
    allocatedBytesP50: quantile(allocated, 0.5),
  };
}

function heapBytes() {
  return globalThis.process?.memoryUsage?.().heapUsed ?? performance.memory?.usedJSHeapSize ?? Number.NaN;
}
