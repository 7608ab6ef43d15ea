import type { Desk } from './desk.js';
import type { Own, WorldInfo } from '../net/link.js';
import { DOCK_METRES, type HexOwner, type HexState, LEVEL_MAX, xpOfLevel } from '../net/market.js';
import { Action } from './action.js';
import { byId, setText } from './dom.js';
import { share } from './format.js';

const AMOUNTS = [10, 50] as const;
const WINDS = ['E', 'NE', 'N', 'NW', 'W', 'SW', 'S', 'SE'];

/** Where something lies that is so far east and north: `240 m NE`; `here` where it is in reach. */
export function way(east: number, north: number): string {
  const metres = Math.hypot(east, north);
  if (metres <= DOCK_METRES) return 'here';
  const wind = Math.round(Math.atan2(north, east) / (Math.PI / 4) + 8) % 8;
  return `${Math.round(metres / 10) * 10} m ${WINDS[wind]}`;
}

/** Whose a hex is, in one or two words; names belong to others alone. */
export function ownerText(hex: HexState): string {
  if (hex.owner === 'nobody') return 'free';
  return hex.owner === 'self' ? 'yours' : hex.ownerName || 'somebody’s';
}

/** What a player is told when a hex has another owner than before. */
export function ownerNews(region: string, hex: HexState, before: HexOwner): string {
  const name = hex.ownerName || 'somebody';
  if (hex.owner === 'self') return `${region} is yours`;
  if (before === 'self')
    return hex.owner === 'nobody' ? `${region} is not yours any more` : `${name} has taken ${region} from you`;
  return hex.owner === 'nobody' ? `${region} is free` : `${region} belongs to ${name} now`;
}

/** What the next level asks for: `142 of 400 xp`. */
export function xpText(hex: HexState): string {
  const xp = hex.xp.toLocaleString('en');
  return hex.level >= LEVEL_MAX ? `${xp} xp` : `${xp} of ${xpOfLevel(hex.level + 1).toLocaleString('en')} xp`;
}

/** The region that the ship is in, as something to own. */
export class HexPanel {
  private readonly panel = byId('hex', HTMLElement);
  private readonly name = byId('hex-name', HTMLElement);
  private readonly owner = byId('hex-owner', HTMLElement);
  private readonly bar = byId('hex-bar', HTMLElement);
  private readonly xp = byId('hex-xp', HTMLElement);
  private readonly way = byId('hex-way', HTMLElement);
  private region = -1;
  private part = '';
  private readonly invest = AMOUNTS.map(
    (amount, i) => new Action(`invest-${amount}`, ['KeyG', 'KeyH'][i], () => this.desk.trade('hex', amount, this.region)),
  );
  private readonly vote = new Action('vote', 'KeyV', () => this.desk.vote(this.region));

  constructor(private readonly desk: Desk) {}

  update(world: WorldInfo, own: Own, x: number, y: number): void {
    const hex = this.desk.market.hexes[own.region];
    if (this.panel.hidden !== !hex) this.panel.hidden = !hex;
    if (!hex) return;
    this.region = own.region;
    setText(this.name, `Region ${world.names[own.region]} · level ${hex.level}`);
    setText(this.owner, ownerText(hex));
    if (this.owner.className !== hex.owner) this.owner.className = hex.owner;
    const [from, to] = [xpOfLevel(hex.level), xpOfLevel(hex.level + 1)];
    const part = (hex.level >= LEVEL_MAX ? 1 : share(hex.xp - from, to - from)).toFixed(3);
    if (part !== this.part) this.bar.style.setProperty('--part', (this.part = part));
    setText(this.xp, xpText(hex) + (hex.share > 0 ? `, yours ${Math.round((100 * hex.share) / hex.xp)} %` : ''));
    const station = world.stations[own.region];
    setText(this.way, `Station ${way(station.x - x, station.y - y)}`);
    this.act(hex);
  }

  private act(hex: HexState): void {
    const { market } = this.desk;
    const price = market.prices.get('hex');
    const waits = this.desk.waitsFor('hex') ? 'On its way' : '';
    AMOUNTS.forEach((amount, i) => {
      const lacks = price === undefined || (market.credits ?? 0) < amount * price ? 'Not enough credits' : '';
      this.invest[i].update(`Invest ${amount}`, '', waits || lacks);
    });
    const idle = hex.owner === 'self' ? 'It is yours' : hex.share === 0 ? 'Only who has invested may vote' : '';
    this.vote.update('Vote for me', '', this.desk.waitsFor('vote') ? 'On its way' : idle);
  }
}
