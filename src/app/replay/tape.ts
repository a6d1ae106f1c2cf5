import type { PastStep } from '../../core/history/replay/past-steps.ts';
import { PART_MS, type Past } from './past.ts';

/** A place in the past: how many steps of a part were taken. */
export interface Place {
  readonly part: number;
  readonly index: number;
}

/** The steps of the past one after the other. */
export interface Tape {
  readonly place: () => Place;
  readonly goTo: (place: Place) => void;
  /** The next step, where it comes before a moment, ms; it stays the next one until it is taken. */
  readonly peek: (before: number) => PastStep | null;
  readonly take: () => void;
  /** The first of the steps to come before a moment, ms, that is so. */
  readonly find: (before: number, isIt: (step: PastStep) => boolean) => PastStep | null;
}

/** The place before all steps of a moment, ms. */
export function placeBefore(past: Past, at: number): Place {
  const part = Math.floor(at / PART_MS);
  const index = past.part(part).findIndex(step => step.at >= at);
  return { part, index: index < 0 ? past.part(part).length : index };
}

/** The place behind the step that gives what was known at a moment, ms. */
export function placeBehindMoment(past: Past, at: number): Place {
  const part = Math.floor(at / PART_MS);
  return { part, index: past.part(part).findLastIndex(step => step.kind === 'moment' && step.at === at) + 1 };
}

/** Makes one that stands at the begin of the part. */
export function openTape(past: Past): Tape {
  let place: Place = { part: 0, index: 0 };
  /** On to the next part that has steps, as long as it begins before a moment. */
  const settle = (before: number): void => {
    while (place.index >= past.part(place.part).length && (place.part + 1) * PART_MS < before) {
      place = { part: place.part + 1, index: 0 };
    }
  };
  return {
    place: () => place,
    goTo: to => {
      place = to;
    },
    peek: before => {
      settle(before);
      const step = past.part(place.part)[place.index];
      return step !== undefined && step.at <= before ? step : null;
    },
    take: () => {
      place = { ...place, index: place.index + 1 };
    },
    find: (before, isIt) => {
      for (let part = place.part, from = place.index; part * PART_MS < before; part++, from = 0) {
        const found = past.part(part).slice(from).find(isIt);
        if (found !== undefined) return found.at < before ? found : null;
        // A gap may be of months: what decides stands at its begin.
        if (part - place.part >= 1) return null;
      }
      return null;
    },
  };
}
