import type { Issue, Place } from '../issue.ts';

/** How something was found: well, worth a look, wrong, or not examined, which says nothing about it. */
export type Sign = 'well' | 'warning' | 'fault' | 'unexamined';

/** What is examined; the words are part of the JSON that `doctor` prints. */
export type CheckId =
  | 'reachable'
  | 'protocol'
  | 'tls'
  | 'version'
  | 'conf'
  | 'acl'
  | 'passwords'
  | 'certificate'
  | 'in-use'
  | 'log'
  | 'anonymous'
  | 'login'
  | 'in-force'
  | 'rights'
  | 'device'
  | 'retained-command'
  | 'will'
  | 'keepalive'
  | 'session'
  | 'denial'
  | 'broker'
  | 'clock'
  | 'history'
  | 'daemon'
  | 'space';

/** One thing that was examined. Texts of others in it are clean. */
export interface Check {
  readonly id: CheckId;
  readonly sign: Sign;
  /** What it is about, a few words without a full stop: `login of monitor`. */
  readonly subject: string;
  /** What was seen, or why it was not examined, one sentence without a full stop. */
  readonly evidence: string;
  /** What to do about it, an imperative sentence; `null` where there is nothing to do. */
  readonly cure: string | null;
  /** Where it stands in a file. */
  readonly place: Place | null;
}

type Words = readonly [id: CheckId, subject: string, evidence: string];

/** Examined, and as it should be. */
export const well = (...[id, subject, evidence]: Words): Check => ({
  ...{ id, sign: 'well', subject, evidence, cure: null, place: null },
});

/** Not as it should be, and the house lives with it. */
export const warning = (...[id, subject, evidence, cure]: readonly [...Words, cure: string]): Check => ({
  ...{ id, sign: 'warning', subject, evidence, cure, place: null },
});

/** Wrong: something does not work, or somebody may do what he should not. */
export const fault = (...[id, subject, evidence, cure]: readonly [...Words, cure: string]): Check => ({
  ...{ id, sign: 'fault', subject, evidence, cure, place: null },
});

/** Not examined: `evidence` is the reason. */
export const unexamined = (...[id, subject, evidence, cure]: readonly [...Words, cure: string | null]): Check => ({
  ...{ id, sign: 'unexamined', subject, evidence, cure, place: null },
});

/** The same with the place where it stands. */
export const at = (check: Check, place: Place | null): Check => ({ ...check, place });

/** A finding of the lint as a check. */
export function checkOfIssue(id: CheckId, subject: string, { severity, message, place, cure }: Issue): Check {
  const sign = severity === 'error' ? 'fault' : 'warning';
  return { id, sign, subject, evidence: message, cure: cure ?? null, place: place ?? null };
}

/** The exit code, as that of `status`: 2 with a fault, 1 with a warning, 3 where nothing could be examined, else 0. */
export function doctorCode(checks: readonly Check[]): 0 | 1 | 2 | 3 {
  const has = (sign: Sign): boolean => checks.some(check => check.sign === sign);
  if (has('fault')) return 2;
  if (has('warning')) return 1;
  return has('well') ? 0 : 3;
}
