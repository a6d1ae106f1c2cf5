import { readFileSync } from 'node:fs';
import type { Discovery } from '../../../src/core/discover/discover.ts';
import { createObserver, type Seen } from '../../../src/core/discover/observer.ts';
import type { Found, Proposal } from '../../../src/core/discover/proposal.ts';

/** A recorded broker: what its devices say by their makers' definitions, and what of that is a house. */
export interface Recorded {
  readonly messages: readonly {
    readonly topic: string;
    readonly payload: unknown;
    readonly retained?: true;
    /** Seconds between two of them. */
    readonly every?: number;
    /** Seconds at which it comes. */
    readonly at?: readonly number[];
  }[];
  /** Each item as `itemText` has it. */
  readonly expected: readonly string[];
  /** Each device as `deviceText` has it. */
  readonly devices: readonly string[];
  /** Topics that are told as not taken. */
  readonly untaken: readonly string[];
}

export function readRecorded(name: string): Recorded {
  return JSON.parse(readFileSync(`test/fixtures/discover/${name}.json`, 'utf8')) as Recorded;
}

const BEGAN_AT = 1_795_942_800_000;

/** What half a minute of listening hears of it. */
export function hear({ messages }: Pick<Recorded, 'messages'>, listenedS = 30): Seen {
  const observer = createObserver();
  const sent = messages.flatMap(({ topic, payload, retained, every, at }) => {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const bytes = new TextEncoder().encode(text);
    const count = every === undefined ? 1 : Math.max(1, Math.floor(listenedS / every));
    const times = at ?? Array.from({ length: count }, (_, round) => round * (every ?? 1));
    return times.map(second => ({ topic, bytes, isRetained: retained === true, at: BEGAN_AT + second * 1_000 }));
  });
  for (const one of sent.sort((left, right) => left.at - right.at))
    observer.add(one.topic, one.bytes, one.isRetained, one.at);
  return observer.seen(listenedS * 1_000);
}

/** An item in one line: kind, topics, path and what it says. */
export function itemText({ found, isExtra }: Proposal): string {
  const path = 'path' in found && found.path !== undefined ? [found.path] : [];
  const where = 'command' in found ? [found.command, ...feedbackOf(found)] : [found.topic];
  return [...(isExtra ? ['extra'] : []), found.kind, ...where, ...path, ...saying(found)].join(' ');
}

function feedbackOf(found: Extract<Found, { readonly command: string }>): readonly string[] {
  return 'payload' in found ? [] : ['>', found.feedback ?? '-'];
}

function saying(found: Found): readonly string[] {
  switch (found.kind) {
    case 'sensor':
      return [found.unit];
    case 'binary':
    case 'switch':
      return [`${found.payloads.on}/${found.payloads.off}`];
    case 'number':
      return [`${found.min}..${found.max}/${found.step}`, found.unit];
    case 'button':
      return [found.payload];
    default:
      return found.options === undefined ? [] : [found.options.join(',')];
  }
}

export function devicesOf({ devices }: Discovery): readonly string[] {
  return devices.map(({ label, availabilities, availabilityMode }) => {
    const topics = availabilities.map(({ topic }) => topic).join(', ');
    return `${label}: ${topics === '' ? '-' : topics}${availabilities.length > 1 ? ` (${availabilityMode})` : ''}`;
  });
}
