/** What a terminal understands of cursor moves. */
export interface MoveCapabilities {
  /** CHA and VPA. */
  readonly hasAbsoluteMoves: boolean;
}

/** Where the cursor stands, from 0; `null` where that is not known, as after printing into the last column. */
export interface Position {
  readonly x: number | null;
  readonly y: number | null;
}

/** A control sequence with one count, which is left out where it is 1, the default. */
export const csi = (count: number, final: string): string => `\u001b[${count === 1 ? '' : count}${final}`;

/** The shortest sequence that takes the cursor from one place to another; '' when it is there already. */
export function moveCursor(from: Position, x: number, y: number, capabilities: MoveCapabilities): string {
  if (from.x === x && from.y === y) return '';
  let best = absolute(x, y);
  if (from.y === null) return best;
  const consider = (candidate: string) => {
    if (candidate.length < best.length) best = candidate;
  };
  for (const row of verticalMoves(from.y, y, capabilities)) {
    // With the column unknown a wrap may be pending, which only CR and absolute moves end on every terminal.
    if (from.x !== null || row.sequence === '') {
      consider(row.sequence + shortestInRow(row.isAtStart ? 0 : from.x, x, capabilities));
    }
  }
  if (y > from.y && y - from.y <= 3) consider(`\r${'\n'.repeat(y - from.y)}${shortestInRow(0, x, capabilities)}`);
  return best;
}

function absolute(x: number, y: number): string {
  if (x > 0) return `\u001b[${y === 0 ? '' : y + 1};${x + 1}H`;
  return csi(y + 1, 'H');
}

function verticalMoves(from: number, to: number, capabilities: MoveCapabilities) {
  if (from === to) return [{ sequence: '', isAtStart: false }];
  const moves = [{ sequence: to > from ? csi(to - from, 'B') : csi(from - to, 'A'), isAtStart: false }];
  if (capabilities.hasAbsoluteMoves) moves.push({ sequence: csi(to + 1, 'd'), isAtStart: false });
  return moves;
}

function shortestInRow(from: number | null, to: number, capabilities: MoveCapabilities): string {
  if (from === to) return '';
  const candidates = [to === 0 ? '\r' : `\r${csi(to, 'C')}`];
  if (capabilities.hasAbsoluteMoves) candidates.push(csi(to + 1, 'G'));
  if (from !== null && to > from) candidates.push(csi(to - from, 'C'));
  if (from !== null && to < from) candidates.push(csi(from - to, 'D'), '\b'.repeat(Math.min(8, from - to)));
  return candidates
    .filter(candidate => !candidate.startsWith('\b') || candidate.length === (from ?? 0) - to)
    .reduce((best, candidate) => (candidate.length < best.length ? candidate : best));
}
