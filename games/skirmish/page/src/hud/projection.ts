/** Empty space around the sector, as a share of the map. */
const MARGIN = 0.04;

/** Fits a world rectangle into a square map, north up. */
export class Projection {
  private constructor(
    private readonly centerX: number,
    private readonly centerY: number,
    readonly pixelsPerMetre: number,
    private readonly size: number,
  ) {}

  static around(outlines: readonly (readonly number[])[], size: number): Projection {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const outline of outlines) {
      for (let i = 0; i < outline.length; i += 2) {
        west = Math.min(west, outline[i]);
        east = Math.max(east, outline[i]);
        south = Math.min(south, outline[i + 1]);
        north = Math.max(north, outline[i + 1]);
      }
    }
    if (!(east > west && north > south)) [west, south, east, north] = [-500, -500, 500, 500];
    const metres = Math.max(east - west, north - south);
    return new Projection((west + east) / 2, (south + north) / 2, (size * (1 - 2 * MARGIN)) / metres, size);
  }

  x(worldX: number): number {
    return this.size / 2 + (worldX - this.centerX) * this.pixelsPerMetre;
  }

  y(worldY: number): number {
    return this.size / 2 - (worldY - this.centerY) * this.pixelsPerMetre;
  }
}
