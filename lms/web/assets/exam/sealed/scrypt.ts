/** scrypt (RFC 7914) with p = 1: makes guessing a spoken code as dear for a machine as it is slow here. */
import { hmac } from "./sha256.ts";

export function scrypt(secret: Uint8Array, salt: Uint8Array, cost: number, block: number): Uint8Array {
  const size = 32 * block;
  const mixed = new Uint32Array(stretched(secret, salt, 128 * block).buffer);
  const kept = new Uint32Array(cost * size);
  const spare = new Uint32Array(size);
  for (let i = 0; i < cost; i++) {
    kept.set(mixed, i * size);
    mix(mixed, spare, block);
  }
  for (let i = 0; i < cost; i++) {
    const from = (mixed[size - 16]! & (cost - 1)) * size;
    for (let j = 0; j < size; j++) mixed[j]! ^= kept[from + j]!;
    mix(mixed, spare, block);
  }
  return stretched(secret, new Uint8Array(mixed.buffer), 32);
}

/** PBKDF2-HMAC-SHA256 with one round, as scrypt uses it. */
function stretched(secret: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  const found = new Uint8Array(length);
  const numbered = new Uint8Array(salt.length + 4);
  numbered.set(salt);
  for (let at = 0, number = 1; at < length; at += 32, number++) {
    new DataView(numbered.buffer).setUint32(salt.length, number);
    found.set(hmac(secret, numbered).subarray(0, length - at), at);
  }
  return found;
}

/** scryptBlockMix: even blocks first, odd ones behind them. */
function mix(mixed: Uint32Array, spare: Uint32Array, block: number): void {
  const x = mixed.slice(mixed.length - 16);
  for (let i = 0; i < 2 * block; i++) {
    for (let j = 0; j < 16; j++) x[j]! ^= mixed[16 * i + j]!;
    salsa(x);
    spare.set(x, 16 * ((i >> 1) + (i % 2 ? block : 0)));
  }
  mixed.set(spare);
}

const turn = (x: number, n: number): number => (x << n) | (x >>> (32 - n));
// Columns, then rows: each quadruple is one quarter of a double round.
const QUARTERS = [
  [0, 4, 8, 12], [5, 9, 13, 1], [10, 14, 2, 6], [15, 3, 7, 11],
  [0, 1, 2, 3], [5, 6, 7, 4], [10, 11, 8, 9], [15, 12, 13, 14],
] as const;
const work = new Int32Array(16);

/** Salsa20/8. */
function salsa(x: Uint32Array): void {
  work.set(x);
  for (let round = 0; round < 4; round++) {
    for (const [a, b, c, d] of QUARTERS) {
      work[b]! ^= turn((work[a]! + work[d]!) | 0, 7);
      work[c]! ^= turn((work[b]! + work[a]!) | 0, 9);
      work[d]! ^= turn((work[c]! + work[b]!) | 0, 13);
      work[a]! ^= turn((work[d]! + work[c]!) | 0, 18);
    }
  }
  for (let i = 0; i < 16; i++) x[i]! += work[i]!;
}
