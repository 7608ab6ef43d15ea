import { byId, setText } from './dom.js';
import { ownerColor, type Owner } from './owners.js';

const ROWS = 6;

interface Row {
  root: HTMLLIElement;
  swatch: HTMLElement;
  name: HTMLElement;
  count: HTMLElement;
}

/** Which colour of the map is which cell, and how much of what is in view it simulates. */
export class Legend {
  private readonly list = byId('owners', HTMLOListElement);
  private readonly panel = byId('legend', HTMLElement);
  private readonly more = byId('owners-more', HTMLElement);
  private readonly rows: Row[] = [];

  /** `names` are the regions' names by index. */
  update(owners: readonly Owner[], names: readonly string[]): void {
    this.panel.hidden = owners.length === 0;
    const shown = Math.min(owners.length, ROWS);
    for (let i = 0; i < shown; i++) this.show(this.at(i), owners[i], names);
    for (let i = shown; i < this.rows.length; i++) this.rows[i].root.hidden = true;
    setText(this.more, owners.length > shown ? `and ${owners.length - shown} more` : '');
  }

  private show(row: Row, owner: Owner, names: readonly string[]): void {
    row.root.hidden = false;
    const color = ownerColor(owner.region, owner.layer, 100);
    if (row.swatch.dataset['color'] !== color) {
      row.swatch.dataset['color'] = color;
      row.swatch.style.background = color;
    }
    const layer = owner.layer > 0 ? ` layer ${owner.layer}` : '';
    setText(row.name, (names[owner.region] ?? '?') + layer);
    setText(row.count, String(owner.count));
  }

  private at(i: number): Row {
    if (i < this.rows.length) return this.rows[i];
    const root = document.createElement('li');
    const [swatch, name, count] = ['i', 'span', 'b'].map((tag) => document.createElement(tag));
    root.append(swatch, name, count);
    this.list.append(root);
    const row = { root, swatch, name, count };
    this.rows.push(row);
    return row;
  }
}
