/** Reads a .glb that the server has looked through: what it draws, each surface where it stands in the whole. */
import { type Matrix, ONE, placed, times, upright } from "./matrix.ts";

interface Accessor { bufferView: number; byteOffset?: number; componentType: number; count: number; type: string; normalized?: boolean }
interface Info { index: number }
interface Material {
  pbrMetallicRoughness?: { baseColorFactor?: number[]; baseColorTexture?: Info };
  alphaMode?: string; alphaCutoff?: number; extensions?: Record<string, unknown>;
}
interface Primitive { attributes: Record<string, number>; indices?: number; material?: number; mode?: number }
interface Node { mesh?: number; children?: number[]; matrix?: number[]; translation?: number[]; rotation?: number[]; scale?: number[] }
interface Gltf {
  scene?: number; scenes?: { nodes?: number[] }[]; nodes?: Node[]; meshes?: { primitives: Primitive[] }[]; accessors: Accessor[];
  bufferViews: { byteOffset?: number; byteLength: number; byteStride?: number }[]; materials?: Material[];
  textures?: { source?: number }[]; images?: { bufferView: number; mimeType?: string }[];
}

export interface Surface {
  points: Float32Array;
  upright: Float32Array;
  colours: Float32Array | null;
  places: Float32Array | null;
  corners: Uint32Array;
  colour: number[];
  picture: number | null;
  see: "OPAQUE" | "MASK" | "BLEND";
  cutoff: number;
  lit: boolean;
}

export interface Whole { surfaces: Surface[]; pictures: Blob[] }

const NUMBERS: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 };
type Kind = [bytes: number, most: number, read: "getInt8" | "getUint8" | "getInt16" | "getUint16" | "getUint32" | "getFloat32"];
const KINDS: Record<number, Kind> = {
  5120: [1, 127, "getInt8"], 5121: [1, 255, "getUint8"], 5122: [2, 32767, "getInt16"], 5123: [2, 65535, "getUint16"],
  5125: [4, 1, "getUint32"], 5126: [4, 1, "getFloat32"],
};

export class Glb {
  private readonly told: Gltf;
  private readonly start: number;

  constructor(private readonly data: ArrayBuffer) {
    const view = new DataView(data);
    const length = view.getUint32(12, true);
    this.told = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 20, length))) as Gltf;
    this.start = 20 + length + 8;
  }

  whole(): Whole {
    const scene = this.told.scenes?.[this.told.scene ?? 0];
    const surfaces = (scene?.nodes ?? []).flatMap((one) => this.node(one, ONE));
    return { surfaces, pictures: (this.told.images ?? []).map((one) => this.picture(one)) };
  }

  private node(number: number, above: Matrix): Surface[] {
    const node = this.told.nodes![number]!;
    const own = node.matrix ?? placed(node.translation ?? [0, 0, 0], node.rotation ?? [0, 0, 0, 1], node.scale ?? [1, 1, 1]);
    const here = times(above, own);
    const parts = node.mesh === undefined ? [] : this.told.meshes![node.mesh]!.primitives;
    const drawn = parts.filter((one) => (one.mode ?? 4) === 4).map((one) => this.surface(one, here));
    return [...drawn, ...(node.children ?? []).flatMap((one) => this.node(one, here))];
  }

  private surface(part: Primitive, here: Matrix): Surface {
    const { POSITION, NORMAL, COLOR_0, TEXCOORD_0 } = part.attributes;
    const points = moved(this.numbers(POSITION!, 3), here);
    const corners = part.indices === undefined ? Uint32Array.from({ length: points.length / 3 }, (_one, at) => at) : Uint32Array.from(this.numbers(part.indices, 1));
    const material = this.told.materials?.[part.material ?? -1];
    const texture = material?.pbrMetallicRoughness?.baseColorTexture?.index;
    return {
      points,
      corners,
      upright: NORMAL === undefined ? grown(points, corners) : straight(this.numbers(NORMAL, 3), upright(here)),
      colours: COLOR_0 === undefined ? null : this.colours(COLOR_0),
      places: TEXCOORD_0 === undefined ? null : this.numbers(TEXCOORD_0, 2),
      colour: material?.pbrMetallicRoughness?.baseColorFactor ?? [1, 1, 1, 1],
      picture: texture === undefined || TEXCOORD_0 === undefined ? null : (this.told.textures![texture]!.source ?? null),
      see: (material?.alphaMode ?? "OPAQUE") as Surface["see"],
      cutoff: material?.alphaCutoff ?? 0.5,
      lit: !material?.extensions?.["KHR_materials_unlit"],
    };
  }

  private colours(number: number): Float32Array {
    if (this.told.accessors[number]!.type === "VEC4") return this.numbers(number, 4);
    const three = this.numbers(number, 3);
    return Float32Array.from({ length: (three.length / 3) * 4 }, (_one, at) => (at % 4 === 3 ? 1 : three[(at >> 2) * 3 + (at % 4)]!));
  }

  private numbers(number: number, wide: number): Float32Array {
    const one = this.told.accessors[number]!;
    const view = this.told.bufferViews[one.bufferView]!;
    const [bytes, most, read] = KINDS[one.componentType]!;
    const step = view.byteStride ?? bytes * NUMBERS[one.type]!;
    const whole = new DataView(this.data, this.start + (view.byteOffset ?? 0) + (one.byteOffset ?? 0));
    const found = new Float32Array(one.count * wide);
    for (let row = 0; row < one.count; row++)
      for (let column = 0; column < wide; column++) {
        const value = whole[read](row * step + column * bytes, true);
        found[row * wide + column] = one.normalized ? Math.max(value / most, -1) : value;
      }
    return found;
  }

  private picture(one: { bufferView: number; mimeType?: string }): Blob {
    const view = this.told.bufferViews[one.bufferView]!;
    return new Blob([new Uint8Array(this.data, this.start + (view.byteOffset ?? 0), view.byteLength)], { type: one.mimeType ?? "image/png" });
  }
}

function moved(points: Float32Array, m: Matrix): Float32Array {
  for (let at = 0; at < points.length; at += 3) {
    const [x, y, z] = [points[at]!, points[at + 1]!, points[at + 2]!];
    for (let row = 0; row < 3; row++) points[at + row] = m[row]! * x + m[row + 4]! * y + m[row + 8]! * z + m[row + 12]!;
  }
  return points;
}

function straight(sides: Float32Array, m: number[]): Float32Array {
  for (let at = 0; at < sides.length; at += 3) {
    const [x, y, z] = [sides[at]!, sides[at + 1]!, sides[at + 2]!];
    const turned = [0, 1, 2].map((row) => m[row]! * x + m[row + 3]! * y + m[row + 6]! * z);
    const length = Math.hypot(...turned) || 1;
    turned.forEach((value, row) => (sides[at + row] = value / length));
  }
  return sides;
}

/** A surface that does not say which way it looks: each corner looks as the triangles around it do on the whole. */
function grown(points: Float32Array, corners: Uint32Array): Float32Array {
  const sides = new Float32Array(points.length);
  const edge = (from: number, to: number): number[] => [0, 1, 2].map((axis) => points[to + axis]! - points[from + axis]!);
  for (let at = 0; at + 2 < corners.length; at += 3) {
    const [a, b, c] = [corners[at]! * 3, corners[at + 1]! * 3, corners[at + 2]! * 3];
    const [u, v] = [edge(a, b), edge(a, c)];
    const across = [0, 1, 2].map((axis) => u[(axis + 1) % 3]! * v[(axis + 2) % 3]! - u[(axis + 2) % 3]! * v[(axis + 1) % 3]!);
    for (const corner of [a, b, c]) across.forEach((value, axis) => (sides[corner + axis]! += value));
  }
  return straight(sides, [1, 0, 0, 0, 1, 0, 0, 0, 1]);
}
