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
