import type { HomeEvent } from '../../home/state/event.ts';
import type { Deflate } from '../block.ts';
import { FrameKind } from '../bytes/frame.ts';
import { ByteReader, ByteWriter } from '../bytes/varint.ts';
import type { KeptEvent } from './kept-event.ts';
import type { KeptState } from './kept-state.ts';
import { type FoldedEvent, foldRepeats, unfoldRepeats } from './repeats.ts';

/** What was known of the house at a moment, by all events up to it. */
export interface KeptMoment {
  readonly at: number;
  /** A recording begins with it: what was before it was another one's. */
  readonly isBegin: boolean;
  readonly state: KeptState;
}

/** What one frame of a day's steps holds. */
export type StepsFrame =
  | { readonly kind: 'events'; readonly events: readonly KeptEvent[] }
  | { readonly kind: 'moment'; readonly moment: KeptMoment };

/** The payload of a frame. */
export function encodeSteps(frame: StepsFrame, { deflate }: Deflate): Uint8Array {
  const [kind, content] =
    frame.kind === 'events' ? [FrameKind.steps, foldRepeats(frame.events)] : [FrameKind.state, frame.moment];
  const writer = new ByteWriter();
  writer.whole(kind);
  writer.append(deflate(new TextEncoder().encode(JSON.stringify(content, toPlain))));
  return writer.take();
}

/** Whether a payload holds what was known at a moment: it can be asked without reading all of it. */
export function isMoment(payload: Uint8Array): boolean {
  return payload[0] === FrameKind.state;
}

/** Reads a frame; `null` for what is none, or of a newer program. Events that this program does not know are left out. */
export function decodeSteps(payload: Uint8Array, { inflate }: Deflate): StepsFrame | null {
  try {
    const reader = new ByteReader(payload);
    const kind = reader.whole();
    if (kind !== FrameKind.steps && kind !== FrameKind.state) return null;
    const content: unknown = JSON.parse(new TextDecoder().decode(inflate(reader.rest())), fromPlain);
    if (kind === FrameKind.state) return isKeptMoment(content) ? { kind: 'moment', moment: content } : null;
    return Array.isArray(content) ? { kind: 'events', events: unfoldRepeats(content.filter(isKeptEvent)) } : null;
  } catch {
    return null;
  }
}

/** What JSON has no word for. */
function toPlain(_: string, value: unknown): unknown {
  if (value instanceof Map) return { $map: [...value] };
  if (value instanceof Uint8Array) return { $bytes: [...value] };
  return value;
}

function fromPlain(_: string, value: unknown): unknown {
  const { $map, $bytes } = (value ?? {}) as { $map?: [unknown, unknown][]; $bytes?: number[] };
  if (Array.isArray($map)) return new Map($map);
  return Array.isArray($bytes) ? Uint8Array.from($bytes) : value;
}

function isKeptMoment(value: unknown): value is KeptMoment {
  const { at, state } = (value ?? {}) as Record<string, unknown>;
  const { readings, switches, clients } = (state ?? {}) as Record<string, unknown>;
  return Number.isFinite(at) && [readings, switches, clients].every(Array.isArray);
}

function isKeptEvent(value: unknown): value is FoldedEvent {
  const { type, at } = ((value ?? {}) as { event?: Record<string, unknown> }).event ?? {};
  return (
    Number.isFinite(at) &&
    typeof type === 'string' &&
    Object.hasOwn(TAKEN_AGAIN, type) &&
    TAKEN_AGAIN[type as HomeEvent['type']]
  );
}

/** What happens to a house, as far as this program knows, and whether it comes in again: what was read elsewhere does not. */
const TAKEN_AGAIN: Readonly<Record<HomeEvent['type'], boolean>> = {
  'past-heard': false,
  'house-changed': false,
  'history-read': false,
  // Of it nothing is shown.
  'seals-recalled': false,
  // The events tell it.
  'verdict-noted': false,
  'alarms-changed': true,
  ticked: true,
  'time-skipped': true,
  'backlog-began': true,
  'backlog-ended': true,
  'login-changed': true,
  'link-changed': true,
  'filter-answered': true,
  'filter-left-out': true,
  'message-received': true,
  'value-recalled': true,
  'switch-requested': true,
  'command-acknowledged': true,
  'command-not-sent': true,
  'command-lost': true,
  'log-line-read': true,
  'version-read': true,
  'acl-read': true,
  'issue-found': true,
  'issue-settled': true,
};
