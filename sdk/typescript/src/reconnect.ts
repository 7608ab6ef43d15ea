import type { ReconnectPolicy } from './api.js';
import { ErrorCode } from './generated/error-code.js';

export const RECONNECT_DEFAULT: ReconnectPolicy = {
  firstDelayMs: 250,
  delayMsMax: 10_000,
  attemptsMax: Number.POSITIVE_INFINITY,
};

const CLOSE_CODE_FIRST = 4000;

/** Codes after which the same attempt would only fail again. */
const FINAL: readonly number[] = [
  ErrorCode.VERSION_MISMATCH,
  ErrorCode.UNKNOWN_WORLD,
  ErrorCode.INVALID_NAME,
  ErrorCode.SESSION_REPLACED,
  ErrorCode.UNAUTHORIZED,
  ErrorCode.FORBIDDEN_ORIGIN,
  ErrorCode.KICKED,
];

/** The error code in a WebSocket close code, 0 for none. */
export function errorOfClose(closeCode: number): number {
  return closeCode > CLOSE_CODE_FIRST && closeCode < CLOSE_CODE_FIRST + 1000 ? closeCode - CLOSE_CODE_FIRST : 0;
}

/** Whether another attempt makes sense; `canRenewToken`: a guest gets a new token. */
export function isWorthRetrying(errorCode: number, canRenewToken: boolean): boolean {
  if (errorCode === ErrorCode.UNAUTHORIZED || errorCode === ErrorCode.TOKEN_EXPIRED) return canRenewToken;
  return !FINAL.includes(errorCode);
}

/** Exponential, half of it random, so that a crowd does not come back at once. `attempt` counts from 0. */
export function backoffMs(policy: ReconnectPolicy, attempt: number, random: number): number {
  const full = Math.min(policy.delayMsMax, policy.firstDelayMs * 2 ** Math.min(attempt, 30));
  return full / 2 + (full / 2) * random;
}
