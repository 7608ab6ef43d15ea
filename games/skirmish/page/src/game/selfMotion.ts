import { approach, mixAngle, wrapAngle } from '../space/coordinates.js';
import type { Own } from '../net/link.js';

/** Errors above this are jumps (a new ship, a hand-off gone wrong): shown at once. */
const JUMP_METRES = 25;
/** The last state is carried on by its velocity for at most so long. */
const CARRY_SECONDS_MAX = 0.25;
const PULL_PER_SECOND = 9;
const TURN_PER_SECOND = 16;

/**
 * Where the own ship is drawn: the last snapshot carried on by its velocity, and eased so that corrections are not seen.
 * This is smoothing, not prediction: inputs still take a round trip to be felt. Prediction with replay of unacknowledged inputs comes later.
 */
export class SelfMotion {
  x = 0;
  y = 0;
  yaw = 0;
  private known = false;

  forget(): void {
    this.known = false;
  }

  update(own: Own, seconds: number): void {
    const carry = Math.min(own.ageSeconds, CARRY_SECONDS_MAX);
    const goalX = own.x + own.velocityX * carry;
    const goalY = own.y + own.velocityY * carry;
    this.x += own.velocityX * seconds;
    this.y += own.velocityY * seconds;
    if (!this.known || Math.hypot(goalX - this.x, goalY - this.y) > JUMP_METRES) {
      this.x = goalX;
      this.y = goalY;
      this.yaw = own.yaw;
      this.known = true;
      return;
    }
    const pull = approach(PULL_PER_SECOND, seconds);
    this.x += (goalX - this.x) * pull;
    this.y += (goalY - this.y) * pull;
    if (wrapAngle(own.yaw - this.yaw) !== 0) this.yaw = mixAngle(this.yaw, own.yaw, approach(TURN_PER_SECOND, seconds));
  }
}
