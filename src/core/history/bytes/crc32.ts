const POLYNOMIAL = 0xedb88320;

/** The CRC-32 of ISO 3309, as zlib and PNG have it. Our own, since Node.js 20 has one from 20.15 on only. */
export function crc32(bytes: Uint8Array, start = 0, end = bytes.length): number {
  table ??= makeTable();
  let crc = -1;
  for (let place = start; place < end; place++) {
    crc = (table[(crc ^ (bytes[place] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

/** Made when it is first needed: it takes half a millisecond, and each start loads this, but not each one reads a history. */
let table: Int32Array | null = null;

/** Signed, so that each is a small integer of V8: a number beyond 2^31 is a new object until the loop is optimized. */
function makeTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
    return value;
  });
}
