import { formatAge } from '../../core/duration.ts';
import { HIDDEN } from '../../core/mask-secrets.ts';
import { momentText } from '../../core/moment-text.ts';
import type { ChannelBox } from '../../core/notices/outbox.ts';
import type { ChannelSettings } from '../../core/settings/notices.ts';

/** Where a channel leads, without what is secret of it. */
export function placeText(settings: ChannelSettings): string {
  switch (settings.kind) {
    case 'command':
      return `command ${settings.command[0] ?? ''}`;
    case 'mail':
      return `mail to ${settings.to}`;
    case 'mqtt':
      return `mqtt on ${settings.topic}`;
    case 'webhook':
      return `webhook at ${new URL(settings.url).origin}/${HIDDEN}`;
    case 'ntfy':
    case 'gotify':
      return `${settings.kind} at ${new URL(settings.url).origin}`;
  }
}

/** Whether nothing stands in the way of what waits for it. */
export function isWell({ failure, lost }: ChannelBox): boolean {
  return failure === null && lost === 0;
}

/** How it goes with what is told by it; `now` is ms since 1970. */
export function stateText({ queue, plan, lost, failure, deliveredAt }: ChannelBox, now: number): string {
  const [first] = queue;
  const waiting =
    first === undefined
      ? 'nothing waits'
      : `${queue.length} ${queue.length === 1 ? 'waits' : 'wait'}, the first since ${momentText(first.notice.at)}`;
  return [
    waiting,
    ...(plan.held.length === 0 ? [] : [`${plan.held.length} held back`]),
    ...(lost === 0 ? [] : [`${lost} lost, as too many waited`]),
    deliveredAt === null ? 'none delivered yet' : `last delivered ${formatAge(Math.max(0, now - deliveredAt))} ago`,
    ...(failure === null ? [] : [`not delivered ${formatAge(Math.max(0, now - failure.at))} ago: ${failure.why}`]),
  ].join(', ');
}
