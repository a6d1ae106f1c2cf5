import { FrameKind, visitFrames } from './bytes/frame.ts';
import { ByteReader } from './bytes/varint.ts';
import { DAY_S } from './calendar.ts';
import { type Listening, readListening, readSingle } from './listening.ts';
import { type ReadRollUps, RollUpRows } from './roll-up.ts';

/** What was written of one day into a roll-up file at once. */
export interface RollUpSet {
  /** Days since 1970. */
  readonly day: number;
  /** By series; read only when they are told. */
  readonly rows: ReadonlyMap<number, ReadRollUps>;
  /** Of a set that is not complete all of its day is lost: nobody knows what is missing. */
  readonly listening: Listening;
  /** Whether no frame of it is damaged. */
  readonly isComplete: boolean;
  /** Its whole frames, as they stand in the file. */
  readonly payloads: () => readonly Uint8Array[];
}

/**
 * Reads a roll-up file set by set, of the days that are wanted, all unless it is said: a year has many that nobody asks for.
 * A day that was sealed again is there twice, and the later one holds.
 */
export function readRollUpSets(
  bytes: Uint8Array,
  isWanted: (day: number) => boolean = () => true,
): readonly RollUpSet[] {
  const sets = new SetsReader(bytes, isWanted);
  visitFrames(bytes, 0, (from, end) => {
    try {
      sets.take(from, end);
    } catch (error) {
      // A frame that lies is none.
      if (!(error instanceof RangeError)) throw error;
    }
  });
  sets.close(null);
  return sets.found;
}

/** Takes a file frame by frame. Of a year there are thousands: so it makes nothing of one but what is kept. */
class SetsReader {
  readonly found: RollUpSet[] = [];
  private readonly reader: ByteReader;
  private day = 0;
  /** Of the set that is open; `null` where none is. */
  private rows: Map<number, ReadRollUps> | null = null;
  /** Where the payloads of its frames begin and end. */
  private places: number[] = [];

  constructor(
    private readonly bytes: Uint8Array,
    private readonly isWanted: (day: number) => boolean,
  ) {
    this.reader = new ByteReader(bytes);
  }

  /** Takes the payload between two places. Throws a `RangeError` where it is nothing of the kind. */
  take(from: number, end: number): void {
    const { reader } = this;
    reader.moveTo(from, end);
    const kind = reader.whole();
    if (kind !== FrameKind.rollUp && kind !== FrameKind.dayEnd) return;
    const day = reader.whole();
    if (this.day !== day) this.close(null);
    if (!this.isWanted(day)) return;
    const isEnd = kind === FrameKind.dayEnd;
    // The series, or how many there are.
    const number = reader.whole();
    const listening = isEnd ? { ...readListening(reader), ...readSingle(reader) } : null;
    if (!isEnd && this.rows?.has(number) === true) this.close(null);
    this.day = day;
    this.rows ??= new Map();
    this.places.push(from, end);
    if (isEnd) this.close(number === this.rows.size ? listening : null);
    else this.rows.set(number, this.rowsAt(reader.at, end));
  }

  /** Ends the set that is open, if one is; it is complete with a `listening`. */
  close(listening: Listening | null): void {
    const { rows, day, places, bytes } = this;
    if (rows === null) return;
    const lost = { heard: [], lost: [{ from: day * DAY_S, until: (day + 1) * DAY_S }] };
    const payloads = (): readonly Uint8Array[] =>
      Array.from({ length: places.length / 2 }, (_, frame) => bytes.subarray(places[2 * frame], places[2 * frame + 1]));
    this.found.push({ day, rows, payloads, listening: listening ?? lost, isComplete: listening !== null });
    this.rows = null;
    this.places = [];
  }

  private rowsAt(place: number, end: number): ReadRollUps {
    const { reader } = this;
    return (into, first, until) => {
      reader.moveTo(place, end);
      return new RollUpRows(reader, into, first, until);
    };
  }
}
