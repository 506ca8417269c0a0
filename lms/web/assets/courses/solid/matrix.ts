/** Matrices of 4 × 4 by columns, as WebGL and glTF have them. */
export type Matrix = number[];

export const ONE: Matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

export function times(a: Matrix, b: Matrix): Matrix {
  return b.map((_value, place) => {
    const row = place % 4;
    const column = place - row;
    return [0, 1, 2, 3].reduce((sum, step) => sum + a[row + 4 * step]! * b[column + step]!, 0);
  });
}

/** Moved, turned (by a quaternion) and stretched: glTF 2.0 §3.5.3. */
export function placed(move: number[], turn: number[], size: number[]): Matrix {
  const [x, y, z, w] = turn as [number, number, number, number];
  const [a, b, c] = size as [number, number, number];
  return [
    (1 - 2 * (y * y + z * z)) * a, 2 * (x * y + z * w) * a, 2 * (x * z - y * w) * a, 0,
    2 * (x * y - z * w) * b, (1 - 2 * (x * x + z * z)) * b, 2 * (y * z + x * w) * b, 0,
    2 * (x * z + y * w) * c, 2 * (y * z - x * w) * c, (1 - 2 * (x * x + y * y)) * c, 0,
    move[0]!, move[1]!, move[2]!, 1,
  ];
}

/** What a matrix does to directions that stand upright on surfaces: its cofactors. */
export function upright(m: Matrix): number[] {
  const at = (place: number): number => m[place]!;
  const minor = (a: number, b: number, c: number, d: number): number => at(a) * at(d) - at(b) * at(c);
  return [
    minor(5, 6, 9, 10), -minor(4, 6, 8, 10), minor(4, 5, 8, 9),
    -minor(1, 2, 9, 10), minor(0, 2, 8, 10), -minor(0, 1, 8, 9),
    minor(1, 2, 5, 6), -minor(0, 2, 4, 6), minor(0, 1, 4, 5),
  ];
}

export function perspective(angle: number, wide: number, near: number, far: number): Matrix {
  const f = 1 / Math.tan(angle / 2);
  return [f / wide, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) / (near - far), -1, 0, 0, (2 * far * near) / (near - far), 0];
}

/** Turned about the upright axis and then tilted. */
export function turned(yaw: number, tilt: number): Matrix {
  const [c, s, d, t] = [Math.cos(yaw), Math.sin(yaw), Math.cos(tilt), Math.sin(tilt)];
  return [c, s * t, -s * d, 0, 0, d, t, 0, s, -c * t, c * d, 0, 0, 0, 0, 1];
}

export const moved = (x: number, y: number, z: number): Matrix => placed([x, y, z], [0, 0, 0, 1], [1, 1, 1]);
