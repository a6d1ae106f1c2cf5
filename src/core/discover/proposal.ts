import type { Availability } from '../house/availability-word.ts';
import { parseJsonPath } from '../mqtt/json-path.ts';

/**
 * What a proposal rests on. `stated`: the device or its bridge describes itself, as its maker defines that. `seen`: it was
 * observed. `supposed`: names only speak for it, and a person should look at it.
 */
export type Basis = 'stated' | 'seen' | 'supposed';

/**
 * Why a command and its feedback are only supposed: by their names alone, and no command was seen being answered; what
 * followed may have come by chance; by the time alone, and no name says that it is a command; or several topics answer alike.
 */
export type Doubt = 'unanswered' | 'by-chance' | 'by-time' | 'undecided';

/** The two payloads that a command or a state has. */
export interface OnOff {
  readonly on: string;
  readonly off: string;
}

/** What an item is and where it speaks. Topics are names; a `path` is one of a house file. */
export type Found =
  | {
      readonly kind: 'sensor';
      readonly topic: string;
      readonly path?: string;
      readonly unit: string;
      readonly range?: { readonly min: number; readonly max: number };
      readonly decimals?: number;
    }
  /** Text, or one of `options`. */
  | { readonly kind: 'state'; readonly topic: string; readonly path?: string; readonly options?: readonly string[] }
  /** `payloads` by which it tells the two apart, `words` for people. */
  | {
      readonly kind: 'binary';
      readonly topic: string;
      readonly path?: string;
      readonly payloads: OnOff;
      readonly words: OnOff;
      /** Seconds after which it is off where it says only on; not there where it says both. */
      readonly offAfter?: number;
    }
  /** `payloads` command it; it answers on `feedback` in `answers`, where it answers at all. */
  | {
      readonly kind: 'switch';
      readonly command: string;
      readonly feedback?: string;
      readonly path?: string;
      readonly payloads: OnOff;
      readonly answers: OnOff;
      /** A lock or a valve: asked about before it moves. */
      readonly asks?: true;
    }
  /** A set-point; `template` is the command, with `%s` for the number, where it is more than that. */
  | {
      readonly kind: 'number';
      readonly command: string;
      readonly feedback?: string;
      readonly path?: string;
      readonly template?: string;
      readonly unit: string;
      readonly min: number;
      readonly max: number;
      readonly step: number;
    }
  | {
      readonly kind: 'select';
      readonly command: string;
      readonly feedback?: string;
      readonly path?: string;
      readonly template?: string;
      readonly options: readonly string[];
    }
  | { readonly kind: 'button'; readonly command: string; readonly payload: string }
  /** Something that happens, and is not kept. */
  | { readonly kind: 'event'; readonly topic: string; readonly path?: string; readonly options?: readonly string[] };

/** One item that a house could have, and why. */
export interface Proposal {
  readonly found: Found;
  readonly label: string;
  /** The key of the device that serves it; `null` where none is known. */
  readonly device: string | null;
  readonly basis: Basis;
  /** Of a command that is only supposed to have this feedback. */
  readonly doubt?: Doubt;
  /** Sentences without a full stop, the strongest first. */
  readonly evidence: readonly string[];
  /** Settings and diagnostics of a device: offered, and not taken unless a person wants it. */
  readonly isExtra: boolean;
  /** Where it is said of it alone whether it is there; absent where its device says it for all. */
  readonly presence?: Pick<ProposedDevice, 'availabilities' | 'availabilityMode'>;
  /** Seconds of silence after which its maker calls it stale. */
  readonly expireAfter?: number;
  /** Seconds between two messages, as its maker has it. */
  readonly every?: number;
}

/** One device that a house could have. */
export interface ProposedDevice {
  readonly key: string;
  readonly label: string;
  /** The MQTT user that publishes for it, by the broker's log; `null` where nobody knows. */
  readonly user: string | null;
  /** Where it, or a bridge that it stands behind, says whether it is there; none where nothing is known of that. */
  readonly availabilities: readonly Availability[];
  /** How several of these are taken together, as in a house file. */
  readonly availabilityMode: 'all' | 'any' | 'latest';
  readonly evidence: readonly string[];
}

/** Something that was seen and is no proposal: what, and why not. */
export interface Untaken {
  readonly topic: string;
  readonly why: string;
}

/** What one way to look at a broker found. */
export interface Findings {
  readonly proposals: readonly Proposal[];
  readonly devices: readonly ProposedDevice[];
  readonly untaken: readonly Untaken[];
  /** Topics that are explained by this: nothing is guessed of them. */
  readonly explained: readonly string[];
}

/** Where an item says how it is; `null` for a button, and what never answers. */
export function stateTopicOf(found: Found): string | null {
  return 'command' in found ? ('feedback' in found ? (found.feedback ?? null) : null) : found.topic;
}

/** What two proposals of the same thing have in common: where it is commanded, or where its value stands. */
export function identityOf(found: Found): string {
  const path = 'path' in found ? found.path : undefined;
  const payload = found.kind === 'button' ? found.payload : '';
  return identityAt('command' in found ? found.command : found.topic, path, payload);
}

/** The same by a topic, a path in whichever way it is written, and for a button its payload. */
export function identityAt(topic: string, path: string | undefined, payload = ''): string {
  const keys = path === undefined ? null : parseJsonPath(path);
  return JSON.stringify([topic, keys?.ok === true ? keys.value : (path ?? ''), payload]);
}

/** A device by its maker's own words or ways, before anybody looked who publishes for it. */
export function deviceOf(
  device: Pick<ProposedDevice, 'key' | 'label' | 'evidence'> & Partial<ProposedDevice>,
): ProposedDevice {
  return { user: null, availabilities: [], availabilityMode: 'latest', ...device };
}
