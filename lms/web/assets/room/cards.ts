/**
 * Answer cards in a picture: a black square frame of six by six cells with four by four bits inside. Which side is on
 * top is the answer. Dark patches are found against their surroundings, their four corners taken, the cells looked at.
 */
export interface Picture {
  data: Uint8Array | Uint8ClampedArray; // one byte of brightness for each point
  width: number;
  height: number;
}

export interface Seen {
  card: number;
  letter: number; // 0 to 3: the side that is on top
  corners: Point[];
}

export type Point = [number, number];
export const CELLS = 6;
const SMALLEST = 16; // points across, below which cells cannot be told apart
const DARKER = 0.86; // than the surroundings, to count as dark
const CONTRAST = 40;

/** Four by four bits, turned clockwise by a quarter. */
export function turned(bits: number): number {
  let out = 0;
  for (let row = 0; row < 4; row += 1) {
    for (let column = 0; column < 4; column += 1) {
      if ((bits >> (row * 4 + column)) & 1) out |= 1 << (column * 4 + 3 - row);
    }
  }
  return out;
}

/** Every way a card can be held, and with one bit misread: the codes are four bits apart. */
export class Known {
  private readonly found = new Map<number, [number, number]>();

  constructor(codes: readonly (readonly [number, number, ...unknown[]])[]) {
    for (const [card, code] of codes) {
      let bits = code;
      for (let turn = 0; turn < 4; turn += 1) {
        const letter = (4 - turn) % 4;
        this.found.set(bits, [card, letter]);
        for (let bit = 0; bit < 16; bit += 1) this.found.set(bits ^ (1 << bit), [card, letter]);
        bits = turned(bits);
      }
    }
  }

  of(bits: number): [number, number] | undefined {
    return this.found.get(bits);
  }
}

export function read(picture: Picture, known: Known): Seen[] {
  const seen: Seen[] = [];
  for (const patch of patches(dark(picture), picture.width, picture.height)) {
    const corners = cornersOf(patch, picture.width);
    const bits = corners ? bitsIn(picture, corners) : null;
    const found = bits === null ? undefined : known.of(bits);
    if (found && corners && !seen.some((one) => one.card === found[0])) {
      seen.push({ card: found[0], letter: found[1], corners });
    }
  }
  return seen;
}

/** Against the mean of a window around each point, so that shadows and lamps do no harm. */
function dark({ data, width, height }: Picture): Uint8Array {
  const wide = width + 1;
  const sums = new Float64Array(wide * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += data[y * width + x]!;
      sums[(y + 1) * wide + x + 1] = sums[y * wide + x + 1]! + row;
    }
  }
  const reach = Math.max(12, Math.round(width / 12));
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
      const sum = sums[bottom * wide + right]! - sums[top * wide + right]! - sums[bottom * wide + left]! + sums[top * wide + left]!;
      const mean = sum / ((bottom - top) * (right - left));
      out[y * width + x] = data[y * width + x]! < mean * DARKER ? 1 : 0;
    }
  }
  return out;
}

/** Connected dark points, as their places; those too small to be a card are left out. */
function* patches(points: Uint8Array, width: number, height: number): Generator<number[]> {
  const stack: number[] = [];
  for (let start = 0; start < points.length; start += 1) {
    if (points[start] !== 1) continue;
    const patch: number[] = [];
    let [left, right, top, bottom] = [width, 0, height, 0];
    stack.push(start);
    points[start] = 2;
    while (stack.length) {
      const at = stack.pop()!;
      const [x, y] = [at % width, (at / width) | 0];
      patch.push(at);
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      for (const [next, inside] of [[at - 1, x > 0], [at + 1, x < width - 1], [at - width, y > 0], [at + width, y < height - 1]] as const) {
        if (inside && points[next] === 1) {
          points[next] = 2;
          stack.push(next);
        }
      }
    }
    const [across, down] = [right - left + 1, bottom - top + 1];
    if (across >= SMALLEST && down >= SMALLEST && across < 4 * down && down < 4 * across) yield patch;
  }
}

/** The point farthest from the middle, the one farthest from it, and on each side of their line the farthest. */
function cornersOf(patch: number[], width: number): Point[] | null {
  const at = (place: number): Point => [place % width, (place / width) | 0];
  let [x, y] = [0, 0];
  for (const one of patch) {
    x += one % width;
    y += (one / width) | 0;
  }
  const first = farthest(patch, at, [x / patch.length, y / patch.length]);
  const third = farthest(patch, at, first);
  let [most, least] = [0, 0];
  let [second, fourth]: (Point | null)[] = [null, null];
  for (const one of patch) {
    const point = at(one);
    const side = cross(first, third, point);
    if (side > most) [most, second] = [side, point];
    else if (side < least) [least, fourth] = [side, point];
  }
  if (!second || !fourth || Math.min(most, -least) < 0.25 * Math.max(most, -least)) return null;
  // Clockwise as one looks at it: y grows downwards.
  return upright(outwards([first, fourth, third, second]));
}

function farthest(patch: number[], at: (place: number) => Point, from: Point): Point {
  let [best, far] = [from, -1];
  for (const one of patch) {
    const point = at(one);
    const distance = (point[0] - from[0]) ** 2 + (point[1] - from[1]) ** 2;
    if (distance > far) [best, far] = [point, distance];
  }
  return best;
}

function cross(from: Point, to: Point, point: Point): number {
  return (to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0]);
}

/** A point stands for its own area: the edge of the frame is half a point farther out. */
function outwards(corners: Point[]): Point[] {
  const middle: Point = [0, 1].map((axis) => corners.reduce((sum, one) => sum + one[axis]!, 0) / 4) as Point;
  return corners.map(([x, y]) => [x + 0.5 * Math.sign(x - middle[0]) + 0.5, y + 0.5 * Math.sign(y - middle[1]) + 0.5]);
}

/** Begins with the edge that is highest in the picture. */
function upright(corners: Point[]): Point[] {
  let top = 0;
  const height = (place: number): number => corners[place % 4]![1] + corners[(place + 1) % 4]![1];
  for (let place = 1; place < 4; place += 1) if (height(place) < height(top)) top = place;
  return [0, 1, 2, 3].map((place) => corners[(top + place) % 4]!);
}

/** The sixteen bits, or null when the frame is not dark all around or stands on nothing light. */
function bitsIn(picture: Picture, corners: Point[]): number | null {
  const to = projection(corners);
  const cells: number[] = [];
  for (let row = -1; row <= CELLS; row += 1) {
    for (let column = -1; column <= CELLS; column += 1) cells.push(cell(picture, to, row, column));
  }
  const wide = CELLS + 2;
  const value = (row: number, column: number): number => cells[(row + 1) * wide + column + 1]!;
  const frame: number[] = [];
  const around: number[] = [];
  for (let place = 0; place < CELLS; place += 1) {
    frame.push(value(0, place), value(CELLS - 1, place), value(place, 0), value(place, CELLS - 1));
    around.push(value(-1, place), value(CELLS, place), value(place, -1), value(place, CELLS));
  }
  const [black, white] = [mean(frame), mean(around)];
  const middle = (black + white) / 2;
  if (white - black < CONTRAST || frame.filter((one) => one > middle).length > 2 || around.filter((one) => one < middle).length > 4) {
    return null;
  }
  let bits = 0;
  for (let row = 0; row < 4; row += 1) {
    for (let column = 0; column < 4; column += 1) {
      if (value(row + 1, column + 1) < middle) bits |= 1 << (row * 4 + column);
    }
  }
  return bits;
}

function mean(values: number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** The middle of a cell, by nine points of it. */
function cell(picture: Picture, to: (x: number, y: number) => Point, row: number, column: number): number {
  let sum = 0;
  for (const down of [0.3, 0.5, 0.7]) {
    for (const across of [0.3, 0.5, 0.7]) {
      const [x, y] = to((column + across) / CELLS, (row + down) / CELLS);
      const [left, top] = [clamp(Math.floor(x), picture.width), clamp(Math.floor(y), picture.height)];
      sum += picture.data[top * picture.width + left]!;
    }
  }
  return sum / 9;
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most - 1);
}

/** From the unit square to a quadrilateral, in perspective. */
function projection([a, b, c, d]: Point[]): (x: number, y: number) => Point {
  const [dx1, dx2, dx3] = [b![0] - c![0], d![0] - c![0], a![0] - b![0] + c![0] - d![0]];
  const [dy1, dy2, dy3] = [b![1] - c![1], d![1] - c![1], a![1] - b![1] + c![1] - d![1]];
  const whole = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / whole;
  const h = (dx1 * dy3 - dx3 * dy1) / whole;
  return (x, y) => {
    const depth = g * x + h * y + 1;
    return [
      ((b![0] - a![0] + g * b![0]) * x + (d![0] - a![0] + h * d![0]) * y + a![0]) / depth,
      ((b![1] - a![1] + g * b![1]) * x + (d![1] - a![1] + h * d![1]) * y + a![1]) / depth,
    ];
  };
}
