import { byId, setText } from './dom.js';

/** A notice comes and goes no faster than this: a number that flickers tells nobody anything. */
const HOLD_MILLIS = 1500;

/** What a world under load does about it, in words for a player; empty while it does nothing that can be felt. */
export function paceText(dilation: number, shed: number): string {
  const percent = Math.round(dilation * 100);
  if (percent < 100) return `The world is busy: time runs at ${percent} %`;
  if (shed >= 3) return 'The world is busy: crowds are split, far ships are updated less often';
  if (shed >= 2) return 'The world is busy: far ships are updated less often';
  return '';
}

/** Says when the world runs slower or coarser than it should, and why. */
export class PaceNotice {
  private readonly notice = byId('pace', HTMLElement);
  private changedMillis = -HOLD_MILLIS;

  update(dilation: number, shed: number, nowMillis: number): void {
    const text = paceText(dilation, shed);
    const hidden = text === '';
    if (this.notice.hidden && hidden) return;
    if (!hidden && !this.notice.hidden) {
      setText(this.notice, text);
      this.changedMillis = nowMillis;
      return;
    }
    if (nowMillis - this.changedMillis < HOLD_MILLIS) return;
    this.changedMillis = nowMillis;
    this.notice.hidden = hidden;
    if (!hidden) setText(this.notice, text);
  }
}
