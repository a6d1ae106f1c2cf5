import { damageBehind, type Frame, readFrames } from '../../../core/history/bytes/frame.ts';
import { DAY_S, dayOf } from '../../../core/history/calendar.ts';
import { decodeSteps, isMoment, type KeptMoment } from '../../../core/history/replay/kept-steps.ts';
import type { PastStep } from '../../../core/history/replay/past-steps.ts';
import type { Span } from '../../../core/history/spans.ts';
import { zlibDeflate } from '../deflate.ts';
import { readBytes } from '../disk-file.ts';
import { listFiles, stepsFile } from '../file-names.ts';

/** What came in besides values in a stretch, in the order in which it was written. Throws what the system says. */
export function readSteps(folder: string, { from, until }: Span): readonly PastStep[] {
  const steps: PastStep[] = [];
  for (let day = dayOf(from); day <= dayOf(until - 1); day++) {
    for (const { payload } of framesOf(folder, day)) {
      const frame = decodeSteps(payload, zlibDeflate);
      if (frame?.kind === 'moment') steps.push({ kind: 'moment', at: frame.moment.at, moment: frame.moment });
      else for (const kept of frame?.events ?? []) steps.push({ kind: 'event', at: kept.event.at, ...kept });
    }
  }
  return steps.filter(({ at }) => at >= from * 1_000 && at < until * 1_000);
}

/** The last moment of which all that was known is kept, not after `at` (ms) and at most so many days before it. */
export function momentBefore(folder: string, at: number, mostDays: number): KeptMoment | null {
  const today = dayOf(at / 1_000);
  const days = listFiles(folder).steps.filter(day => day >= today - mostDays && day * DAY_S * 1_000 <= at);
  for (const day of [...days].reverse()) {
    const moments = framesOf(folder, day).filter(({ payload }) => isMoment(payload));
    for (const { payload } of moments.reverse()) {
      const frame = decodeSteps(payload, zlibDeflate);
      if (frame?.kind === 'moment' && frame.moment.at <= at) return frame.moment;
    }
  }
  return null;
}

/** The bytes of a day's steps that cannot be read any more. A write that never ended is none of them. */
export function damageOfSteps(folder: string, day: number): number {
  const bytes = readBytes(stepsFile(folder, day)) ?? new Uint8Array();
  const { damagedBytes, end } = readFrames(bytes);
  return damagedBytes + damageBehind(bytes, end);
}

function framesOf(folder: string, day: number): Frame[] {
  return [...readFrames(readBytes(stepsFile(folder, day)) ?? new Uint8Array()).frames];
}
