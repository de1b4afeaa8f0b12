/** Web Mercator as the map uses it: the world is the unit square, y downwards. */

export type View = {
  /** Centre in the unit square. */
  x: number;
  y: number;
  /** Pixels for the whole width of the world. */
  scale: number;
};

export const lonToX = (degrees: number) => (degrees + 180) / 360;
export const xToLon = (x: number) => x * 360 - 180;

export function latToY(degrees: number): number {
  const clipped = Math.max(-85.05, Math.min(85.05, degrees));
  const sine = Math.sin((clipped * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export function yToLat(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

/** Metres on the ground for a pixel, at a latitude. */
export function metresPerPixel(view: View, latitude: number): number {
  return (40_075_016.7 * Math.cos((latitude * Math.PI) / 180)) / view.scale;
}

export function fitted(
  box: { west: number; south: number; east: number; north: number },
  width: number,
  height: number,
): View {
  const [left, right, top, bottom] = [lonToX(box.west), lonToX(box.east), latToY(box.north), latToY(box.south)];
  const scale = Math.min(width / Math.max(right - left, 1e-5), height / Math.max(bottom - top, 1e-5)) * 0.9;
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale: Math.max(256, Math.min(scale, 2 ** 26)) };
}

export function boxOf(
  view: View,
  width: number,
  height: number,
): { west: number; south: number; east: number; north: number } {
  const [dx, dy] = [width / 2 / view.scale, height / 2 / view.scale];
  return {
    west: xToLon(view.x - dx),
    east: xToLon(view.x + dx),
    north: yToLat(view.y - dy),
    south: yToLat(view.y + dy),
  };
}

/** A round length in metres whose bar is at most `pixels` long, and how long its bar is. */
export function scaleBar(view: View, pixels: number): { metres: number; pixels: number } {
  const per = metresPerPixel(view, yToLat(view.y));
  const most = per * pixels;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((step) => step * power).find((length) => length <= most) ?? power;
  return { metres, pixels: metres / per };
}
