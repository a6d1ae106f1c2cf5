import { formatDuration } from '../duration.ts';
import { shellQuoted } from '../to-copy.ts';
import type { LinkFailure, LinkState, Session } from './link.ts';
import type { Verdict } from './switches/switch.ts';

/** A value with its unit as people write it: `54.3 °C`; without a unit the number alone. */
export function formatValue(value: number, unit: string, decimals = 1): string {
  const number = value.toFixed(decimals);
  const unsigned = Number(number) === 0 ? number.replace('-', '') : number;
  return unit === '' ? unsigned : `${unsigned} ${unit}`;
}

/** What a value says against its limit: of now only where it is of now, else with its age. `limit` as `limitText` gives it. */
export function limitSentence(
  of: { readonly label: string; readonly value: string; readonly limit: string },
  when: 'now' | 'retained' | `${string} ago`,
): string {
  const { label, value, limit } = of;
  if (when === 'now') return `${label} is ${value}, ${limit}`;
  const past = when === 'retained' ? 'in a retained message of unknown age' : `when it was last heard, ${when}`;
  return `${label} was ${value}, ${limit}, ${past}`;
}

/** How a command ended, without the name of the switch: `on: confirmed in 84 ms`. */
export function verdictText(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'confirmed':
      return `${verdict.target}: confirmed in ${formatDuration(verdict.elapsedMs)}`;
    case 'denied':
      return `${verdict.target}: denied, ${verdict.detail}`;
    case 'nobody-listening':
      return `${verdict.target}: nobody is listening, ${verdict.detail}`;
    case 'not-confirmed':
      return `${verdict.target}: not confirmed, ${verdict.detail}`;
    case 'not-sent':
      return `${verdict.target}: not sent, ${verdict.detail}`;
  }
}

/** Who we are to the broker, as the subject of a sentence. */
export function ourName({ user }: Pick<Session, 'user'>): string {
  return user ?? 'a client without a user name';
}

/** The link in one sentence, with what comes next; `now` is ms. */
export function linkText(link: LinkState, session: Session, now: number): string {
  const broker = `${session.host}:${session.port}`;
  switch (link.phase) {
    case 'idle':
      return 'not connected yet';
    case 'connecting':
      return link.attempt === 1 ? `connecting to ${broker}` : `connecting to ${broker}, attempt ${link.attempt}`;
    case 'connected':
      return `connected to ${broker} with MQTT ${link.protocol}`;
    case 'waiting':
      return `${link.failure.message}; next try ${inTime(link.retryAt - now)}`;
    case 'refused':
      return link.failure.message;
    case 'closed':
      return `disconnected from ${broker}`;
  }
}

/** What stands in the way of the link, if anything does. */
export function linkFailure(link: LinkState): LinkFailure | null {
  return link.phase === 'waiting' || link.phase === 'refused' ? link.failure : null;
}

/** `now`, or `in 4 s`; rounded up, so that it never says 0 s. */
function inTime(waitMs: number): string {
  return waitMs <= 0 ? 'now' : `in ${Math.ceil(waitMs / 1_000)} s`;
}

/** By what that which the broker keeps for a topic is removed: a command to copy, where it can be written exactly. */
export function removalOf(topic: string): string {
  const word = shellQuoted(topic);
  return word === null
    ? 'an empty retained message on this topic, which cannot be written here as it is'
    : `mosquitto_pub -r -n -t ${word}`;
}
