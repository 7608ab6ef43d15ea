import type { Input } from './api.js';

/** As the server will understand it: in 32 bits, and no diagonal faster than straight ahead. To the bit what the gateway makes of it. */
export function asSent(input: Input): Input {
  let moveX = Math.fround(Math.min(1, Math.max(-1, input.moveX ?? 0)));
  let moveY = Math.fround(Math.min(1, Math.max(-1, input.moveY ?? 0)));
  const length = Math.sqrt(moveX * moveX + moveY * moveY);
  if (length > 1) {
    moveX = Math.fround(moveX / length);
    moveY = Math.fround(moveY / length);
  }
  return { ...input, moveX, moveY };
}
