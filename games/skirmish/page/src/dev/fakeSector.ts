/** Outlines of a field of hexagons with a corner up, as the server cuts it: row r shifted by half a hexagon when odd. */
export function hexOutlines(columns: number, rows: number, radius: number): number[][] {
  const outlines: number[][] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = Math.sqrt(3) * radius * (column + (row % 2) / 2);
      const y = 1.5 * radius * row;
      const outline: number[] = [];
      for (let corner = 0; corner < 6; corner++) {
        const angle = Math.PI / 6 + (corner * Math.PI) / 3;
        outline.push(x + Math.cos(angle) * radius, y + Math.sin(angle) * radius);
      }
      outlines.push(outline);
    }
  }
  return outlines;
}

/** The regions' names in the order of their outlines. */
export function hexNames(columns: number, rows: number): string[] {
  return Array.from({ length: columns * rows }, (_, i) => `${i % columns},${Math.floor(i / columns)}`);
}

export function hexCentres(outlines: readonly (readonly number[])[]): { x: number; y: number }[] {
  // The first and the fourth corner lie opposite each other.
  return outlines.map((outline) => ({ x: (outline[0] + outline[6]) / 2, y: (outline[1] + outline[7]) / 2 }));
}

/** The index of the region around this point: of hexagons the one with the nearest centre. */
export function hexAt(outlines: readonly (readonly number[])[], x: number, y: number): number {
  let best = 0;
  let bestMetres = Infinity;
  outlines.forEach((outline, i) => {
    // The first and the fourth corner lie opposite each other.
    const metres = Math.hypot((outline[0] + outline[6]) / 2 - x, (outline[1] + outline[7]) / 2 - y);
    if (metres < bestMetres) [best, bestMetres] = [i, metres];
  });
  return best;
}
