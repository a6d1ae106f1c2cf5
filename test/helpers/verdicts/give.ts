import type { Position } from '../../../src/core/home/state/switch.ts';
import type { Bench, Console } from './bench.ts';
import type { Device } from './device.ts';
import type { Cell, Outcome, Truth } from './table.ts';

/** How a broker behaves towards a client, as measured; `protocol` is the one that a link to it ends up with. */
export interface Traits {
  readonly protocol: '5' | '3.1.1';
  /** Closes the connection on a denied publish. */
  readonly closesOnDenial?: boolean;
  /** Speaks MQTT 5 and says success where nobody is subscribed: 0x10 is the broker's choice (MQTT 5, section 3.4.2.1). */
  readonly hidesDesertion?: boolean;
  /** A changed password ends connections that are open. */
  readonly kicks?: boolean;
  /** Changed rights do not apply to an open connection that has used them. */
  readonly keepsRights?: boolean;
  readonly hasLog?: boolean;
  readonly hasAclFile?: boolean;
  /** Comes back within the time limit of a command. */
  readonly restartsQuickly?: boolean;
  /** Can be stopped with what was sent to it unread. */
  readonly freezes?: boolean;
}

/** Long enough for a reconnect, s. */
export const PATIENT_S = 5;

export const NO_WORD = 'MQTT 3.1.1 acknowledges a denied command like any other, and this user sees no echo yet';
const CLOSED = 'a line that is cut looks the same';
export const NO_LISTENERS = 'MQTT 3.1.1 has no word for it: the PUBACK is the same';
export const NO_LISTENERS_SAID = 'this broker says success where nobody is subscribed';
export const LINK_GONE = 'the link went: what became of the command cannot be heard';
export const DEAF = 'this user may not read the feedback';

/** What a denial ends in here once nothing stands in the way of its proof. */
export function provenDenial({ protocol, closesOnDenial }: Traits): Pick<Cell, 'expect' | 'honest'> {
  if (protocol === '5') return { expect: 'denied/refused' };
  return closesOnDenial === true ? { expect: 'not-confirmed', honest: CLOSED } : { expect: 'denied/echo' };
}

/** The same by the program itself, as a script would. */
export async function giveBySet(
  bench: Bench,
  user: string,
  timeoutS: number,
  device: Device,
  truth: Partial<Truth> = {},
): Promise<Outcome> {
  const pressedAt = Date.now();
  const { verdict, code } = await bench.set(user, 'on', timeoutS);
  const expected = verdict.kind === 'confirmed' ? 0 : verdict.kind === 'denied' ? 77 : 75;
  const faults = [code === expected ? null : `exit code ${code}, not ${expected}`];
  return { verdict, target: 'on', truth, pressedAt, device, faults };
}

/** A cell that gives one command and is done. */
export async function give(
  console: Console,
  device: Device | null,
  truth: Partial<Truth> = {},
  target: Position = 'on',
  switchId: 'relay' | 'lock' = 'relay',
): Promise<Outcome> {
  const pressedAt = Date.now();
  const verdict = await console.command(target, switchId);
  return { verdict, target, truth, pressedAt, device };
}

/** Looks again and again until it is so. */
export async function waitUntil(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('waited 10 s in vain');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
