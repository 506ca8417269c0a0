/** Opening ChaCha20-Poly1305 (RFC 8439); null when the key is another one or a byte has changed. */

const turn = (x: number, n: number): number => (x << n) | (x >>> (32 - n));
const QUARTERS = [
  [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
  [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
] as const;

export function open(box: Uint8Array, key: Uint8Array, nonce: Uint8Array, about: Uint8Array): Uint8Array | null {
  const text = box.subarray(0, box.length - 16);
  const tag = box.subarray(box.length - 16);
  const start = new Uint32Array(16);
  const view = new DataView(key.buffer, key.byteOffset, 32);
  start.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);
  for (let i = 0; i < 8; i++) start[4 + i] = view.getUint32(4 * i, true);
  const nonces = new DataView(nonce.buffer, nonce.byteOffset, 12);
  for (let i = 0; i < 3; i++) start[13 + i] = nonces.getUint32(4 * i, true);
  const wanted = poly(stream(start, 0).subarray(0, 32), framed(about, text));
  let different = 0;
  for (let i = 0; i < 16; i++) different |= wanted[i]! ^ tag[i]!;
  if (different) return null;
  const plain = new Uint8Array(text.length);
  for (let at = 0, count = 1; at < text.length; at += 64, count++) {
    const pad = stream(start, count);
    for (let i = at; i < Math.min(at + 64, text.length); i++) plain[i] = text[i]! ^ pad[i - at]!;
  }
  return plain;
}

function stream(start: Uint32Array, count: number): Uint8Array {
  const x = new Int32Array(start);
  x[12] = count;
  for (let round = 0; round < 10; round++) {
    for (const [a, b, c, d] of QUARTERS) {
      x[a]! += x[b]!;
      x[d] = turn(x[d]! ^ x[a]!, 16);
      x[c]! += x[d]!;
      x[b] = turn(x[b]! ^ x[c]!, 12);
      x[a]! += x[b]!;
      x[d] = turn(x[d]! ^ x[a]!, 8);
      x[c]! += x[d]!;
      x[b] = turn(x[b]! ^ x[c]!, 7);
    }
  }
  const out = new DataView(new ArrayBuffer(64));
  for (let i = 0; i < 16; i++) out.setUint32(4 * i, (x[i]! + (i === 12 ? count : start[i]!)) | 0, true);
  return new Uint8Array(out.buffer);
}

/** Both texts filled up to sixteens, then their lengths. */
function framed(about: Uint8Array, text: Uint8Array): Uint8Array {
  const wide = (length: number): number => Math.ceil(length / 16) * 16;
  const found = new Uint8Array(wide(about.length) + wide(text.length) + 16);
  found.set(about);
  found.set(text, wide(about.length));
  const view = new DataView(found.buffer);
  view.setUint32(found.length - 16, about.length, true);
  view.setUint32(found.length - 8, text.length, true);
  return found;
}

const PRIME = (1n << 130n) - 5n;

function poly(key: Uint8Array, data: Uint8Array): Uint8Array {
  const r = whole(key.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  let sum = 0n;
  for (let at = 0; at < data.length; at += 16) sum = ((sum + whole(data.subarray(at, at + 16)) + (1n << 128n)) * r) % PRIME;
  let tag = sum + whole(key.subarray(16, 32));
  return Uint8Array.from({ length: 16 }, () => {
    const byte = Number(tag & 255n);
    tag >>= 8n;
    return byte;
  });
}

function whole(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  return view.getBigUint64(0, true) | (view.getBigUint64(8, true) << 64n);
}
