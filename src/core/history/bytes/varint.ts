/** The largest whole number that is kept: beyond it a double has no whole steps. */
const LARGEST = Number.MAX_SAFE_INTEGER;
/** A number of 53 bits takes this many bytes of seven bits. */
const MOST_BYTES = 8;

/** Writes whole numbers, each in as few bytes as it takes: seven bits a byte, the lowest first (LEB128). */
export class ByteWriter {
  private bytes = new Uint8Array(1_024);
  private place = 0;

  /** A whole number from 0 to 2^53 - 1. Throws a `RangeError` for any other. */
  whole(number: number): void {
    if (!(number >= 0 && number <= LARGEST)) throw new RangeError(`${number} cannot be written`);
    this.makeRoom(MOST_BYTES);
    let rest = number;
    while (rest > 127) {
      this.bytes[this.place++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.place++] = rest;
  }

  /** A whole number from -2^52 to 2^52: near zero it is short whatever its sign (zigzag). */
  signed(number: number): void {
    this.whole(number < 0 ? -2 * number - 1 : 2 * number);
  }

  /** Bytes as they are. */
  append(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    this.bytes.set(bytes, this.place);
    this.place += bytes.length;
  }

  /** How many bytes were written so far. */
  get length(): number {
    return this.place;
  }

  /** All that was written. */
  take(): Uint8Array {
    return this.bytes.slice(0, this.place);
  }

  private makeRoom(count: number): void {
    if (this.place + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, this.place + count));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** Reads what a `ByteWriter` wrote. Throws a `RangeError` where the bytes end too early or hold no such number. */
export class ByteReader {
  private place: number;

  constructor(
    private readonly bytes: Uint8Array,
    start = 0,
    private end = bytes.length,
  ) {
    this.place = start;
  }

  /** Goes to another place, from which it reads up to another end. */
  moveTo(place: number, end: number): void {
    this.place = place;
    this.end = end;
  }

  whole(): number {
    // The most are of one byte.
    const first = this.place < this.end ? (this.bytes[this.place] ?? 0) : 128;
    if (first < 128) {
      this.place++;
      return first;
    }
    return this.longWhole();
  }

  /** So many numbers, to the begin of a list: where there are very many a call for each takes longer than to read them. */
  wholes(count: number, into: number[]): void {
    const { bytes, end } = this;
    let { place } = this;
    for (let index = 0; index < count; index++) {
      const first = place < end ? (bytes[place] ?? 0) : 128;
      const second = place + 1 < end ? (bytes[place + 1] ?? 0) : 128;
      // Nearly all are of one byte or two.
      if (first < 128) {
        into[index] = first;
        place += 1;
      } else if (second < 128) {
        into[index] = first - 128 + 128 * second;
        place += 2;
      } else {
        this.place = place;
        into[index] = this.longWhole();
        place = this.place;
      }
    }
    this.place = place;
  }

  private longWhole(): number {
    let number = 0;
    let factor = 1;
    for (let index = 0; index < MOST_BYTES && this.place < this.end; index++) {
      const byte = this.bytes[this.place++] ?? 0;
      number += (byte & 127) * factor;
      if (byte < 128) {
        if (number > LARGEST) break;
        return number;
      }
      factor *= 128;
    }
    throw new RangeError('no number stands here');
  }

  signed(): number {
    const number = this.whole();
    return number % 2 === 0 ? number / 2 : -(number + 1) / 2;
  }

  /** All that is left. */
  rest(): Uint8Array {
    return this.bytes.subarray(this.place, this.end);
  }

  /** Whether nothing is left. */
  get isAtEnd(): boolean {
    return this.place >= this.end;
  }

  /** Where it stands, bytes from the start of what it reads. */
  get at(): number {
    return this.place;
  }
}
