import { fail, ok, type Result } from '../result.ts';
import type { Random } from './random.ts';

/**
 * What can be wrong with a device: `silent` stays connected and says nothing, `stuck` answers but its relays do not
 * move, `garbage` publishes what nobody can read, `slow` answers after 3 to 8 s, `short-cycling` has a thermostat that lets
 * the burner run for minutes only.
 */
const faultKinds = ['silent', 'stuck', 'garbage', 'slow', 'short-cycling'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A fault and when it begins, in milliseconds after the device's start. */
export interface Fault {
  readonly kind: FaultKind;
  readonly fromMs: number;
}

const FAULT = /^([a-z]+(?:-[a-z]+)*)(?:[@:](.*))?$/s;

/** Reads `KIND`, `KIND@SECONDS` or `KIND:SECONDS`; the error is a sentence without a full stop, and its cure. */
export function parseFault(text: string): Result<Fault, { readonly message: string; readonly cure: string }> {
  const [, name, seconds] = FAULT.exec(text) ?? [];
  const kind = faultKinds.find(known => known === name);
  if (kind === undefined) {
    const message = `there is no fault "${text}"`;
    return fail({ message, cure: `It takes ${faultKinds.join(', ')}, with @SECONDS for a later start.` });
  }
  if (seconds === undefined) return ok({ kind, fromMs: 0 });
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(seconds)) {
    const message = `"${seconds}" is no number of seconds`;
    return fail({ message, cure: `Write a fault with a later start as ${kind}@30.` });
  }
  return ok({ kind, fromMs: Number(seconds) * 1_000 });
}

/** Whether a fault of this kind is there, `atMs` after the device's start. */
export function hasFault(faults: readonly Fault[], kind: FaultKind, atMs: number): boolean {
  return faults.some(fault => fault.kind === kind && atMs >= fault.fromMs);
}

const KIBIBYTE = 1024;
/** One message in so many is huge. */
const HUGE_SHARE = 0.04;
const LARGEST_BYTES = 1024 * KIBIBYTE;

/** Payloads that no sensor should send; each breaks another careless reader. */
const GARBAGE: readonly (string | Uint8Array)[] = [
  '',
  ' ',
  'NaN',
  'nan',
  'inf',
  '-Infinity',
  '1e999',
  '--',
  'error: sensor not found',
  '85.0.1',
  '0x1F',
  '{"temperature":',
  'null',
  '\u001b[2J\u001b[H\u001b[31mgone',
  '\u001b]0;title\u0007',
  '\u009b31m12.5',
  '12.5\r\n13.5',
  '\u202e5.41',
  '\u0000\u0000',
  Uint8Array.from([0xff, 0xfe, 0x31, 0x32]),
  Uint8Array.from([0xc3, 0x28]),
  Uint8Array.from([0xed, 0xa0, 0x80]),
];

/** One payload of a broken device: empty, not a number, not UTF-8, escape sequences; now and then up to 1 MiB long. */
export function garbagePayload(random: Random): string | Uint8Array {
  if (random.next() >= HUGE_SHARE) return random.pick(GARBAGE);
  return '9'.repeat(Math.floor(random.between(64 * KIBIBYTE, LARGEST_BYTES + 1)));
}
