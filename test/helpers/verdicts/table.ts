import type { Position, Verdict } from '../../../src/core/home/state/switch.ts';
import type { Bench } from './bench.ts';
import type { Device } from './device.ts';

/** What the test arranged: nothing of this was asked from the program under test. */
export interface Truth {
  /** The broker's configuration denies the command. */
  readonly isDenied: boolean;
  /** No client subscribes to the command topic. */
  readonly isDeserted: boolean;
  /** The console may not read the feedback, or its link was not there when it came. */
  readonly isDeaf: boolean;
  /** The console had no connection when the command was given. */
  readonly isOffline: boolean;
}

/** What one cell came to. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly target: Position;
  readonly truth: Partial<Truth>;
  /** When the command was given, ms. */
  readonly pressedAt: number;
  /** `null` where there was none. */
  readonly device: Device | null;
  /** More that must hold, in words where it does not. */
  readonly faults?: readonly (string | null)[];
}

/** One cell of the table. */
export interface Cell {
  readonly situation: string;
  /** `confirmed/feedback`: what the verdict must be; `|` between two where it is a matter of milliseconds. */
  readonly expect: string;
  /** Why proof is impossible; only then is an unproven verdict honest and no failure. */
  readonly honest?: string;
  /** Why nobody can keep it from arriving late; where that is so. */
  readonly mayArriveLate?: string;
  /** Whether the cell needs a broker to itself, since it changes or ends it. */
  readonly isAlone?: boolean;
  readonly run: (bench: Bench) => Promise<Outcome>;
}

/** One line of the printed table. */
export interface Line {
  readonly broker: string;
  readonly protocol: string;
  readonly situation: string;
  readonly verdict: string;
  readonly ms: number;
  readonly truth: string;
  readonly mark: 'right' | 'honest' | 'WRONG';
  readonly note: string;
}

/** What comes to the device later than this after the verdict, ms, was not on its way any more. */
const LATE_MS = 300;

/** Runs a cell and holds its verdict against the truth. */
export async function runCell(cell: Cell, bench: Bench, broker: string, protocol: string): Promise<Line> {
  const outcome = await cell.run(bench);
  if (outcome.device !== null) await bench.settle(outcome.device);
  const { kind, evidence, elapsedMs } = outcome.verdict;
  const verdict = evidence === null ? kind : `${kind}/${evidence}`;
  const { lie, words, isLate } = judge(cell, outcome);
  const lateness = isLate ? `arrived late: ${cell.mayArriveLate}` : null;
  const isExpected = cell.expect.split('|').includes(verdict);
  const faults = [lie, ...(outcome.faults ?? []), isExpected ? null : `expected ${cell.expect}`].filter(Boolean);
  const mark = faults.length > 0 ? 'WRONG' : kind === 'not-confirmed' && cell.honest !== undefined ? 'honest' : 'right';
  const note = [...faults, mark === 'honest' ? cell.honest : null, lateness].filter(Boolean).join('; ');
  const { situation } = cell;
  return { broker, protocol, situation, verdict, ms: elapsedMs, truth: words, mark, note };
}

interface Judgement {
  readonly lie: string | null;
  readonly words: string;
  readonly isLate: boolean;
}

/** What was so, and in what the verdict contradicts it. */
function judge(cell: Cell, outcome: Outcome): Judgement {
  const { verdict, target, pressedAt, device } = outcome;
  const { at: concludedAt } = verdict;
  const truth: Truth = { isDenied: false, isDeserted: false, isDeaf: false, isOffline: false, ...outcome.truth };
  const arrivals = (device?.arrivals ?? []).filter(({ at, payload }) => at >= pressedAt && payload === target);
  const answers = (device?.answers ?? []).filter(({ at }) => at >= pressedAt);
  // The verdict's own time is cut to the millisecond, and the device's clock is read after the packet.
  const inTime = answers.filter(({ at, payload }) => payload === target && at <= concludedAt + 2);
  const isLate = arrivals.some(({ at }) => at > concludedAt + LATE_MS);
  const words = [
    truth.isDenied ? 'denied' : null,
    truth.isDeserted ? 'nobody subscribed' : null,
    truth.isOffline ? 'no link' : null,
    truth.isDeaf ? 'answer cannot be heard' : null,
    device === null ? null : `device got ${arrivals.length}, answered ${describeAnswers(answers, pressedAt)}`,
  ];
  const lie =
    (arrivals.length > 1 ? `arrived ${arrivals.length} times` : null) ??
    (isLate && cell.mayArriveLate === undefined ? 'arrived after the verdict' : null) ??
    contradiction(verdict, truth, arrivals.length, inTime.length, cell.honest !== undefined);
  return { lie, words: words.filter(Boolean).join(', '), isLate };
}

function describeAnswers(answers: Device['answers'], pressedAt: number): string {
  if (answers.length === 0) return 'nothing';
  return answers.map(({ at, payload }) => `${payload} after ${at - pressedAt} ms`).join(', ');
}

function contradiction(
  verdict: Verdict,
  truth: Truth,
  arrivals: number,
  answersInTime: number,
  mayBeUnproven: boolean,
): string | null {
  switch (verdict.kind) {
    case 'confirmed':
      return truth.isDenied || arrivals === 0 || answersInTime === 0 ? 'the device did not carry it out' : null;
    case 'denied':
      return !truth.isDenied || arrivals > 0 ? 'it was not denied' : null;
    case 'nobody-listening':
      return truth.isDenied || !truth.isDeserted ? 'somebody was listening' : null;
    case 'not-sent':
      return !truth.isOffline || arrivals > 0 ? 'it could be sent' : null;
    case 'not-confirmed': {
      const isProvable = truth.isDenied || truth.isDeserted || truth.isOffline || answersInTime > 0;
      return isProvable && !mayBeUnproven ? 'there was a proof' : null;
    }
  }
}

/** The table as text, one line a cell. */
export function renderTable(lines: readonly Line[]): string {
  const rows = lines.map(line => [
    line.broker,
    line.protocol,
    line.situation,
    line.verdict,
    `${line.ms} ms`,
    line.mark,
    line.truth,
    line.note,
  ]);
  const widths = [0, 1, 2, 3, 4, 5, 6].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows
    .map(row =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
