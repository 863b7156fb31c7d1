/** Area of a polygon in the square of its points' unit, by the shoelace formula; NaN for bad points. */
export const polygonArea = (points: readonly (readonly [number, number])[]): number => {
  let twice = 0;
  let [lastX, lastY] = points.at(-1) ?? [0, 0];
  for (const [x, y] of points) {
    twice += lastX * y - x * lastY;
    lastX = x;
    lastY = y;
  }
  return Math.abs(twice) / 2;
};
