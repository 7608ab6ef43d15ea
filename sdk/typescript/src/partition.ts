export interface RegionId {
  readonly a: number;
  readonly b: number;
}

/** How the world's plane is cut into regions: the same maths as the server's. */
export interface Partition {
  readonly kind: 'strip' | 'hex' | 'single';
  /** World coordinates of the point from which a region's local offsets are measured. */
  originX(region: RegionId): number;
  originY(region: RegionId): number;
  regionAt(x: number, y: number): RegionId;
  contains(region: RegionId): boolean;
  regions(): RegionId[];
  neighbours(region: RegionId): RegionId[];
  /** Corners in world coordinates, x and y in turn, counter-clockwise. */
  outline(region: RegionId): number[];
}
