import { cleanText } from '../../core/clean-text.ts';
import type { HomeEvent } from '../../core/home/state/event.ts';
import type { Issue } from '../../core/issue.ts';
import { isBrokerLine } from '../../core/mosquitto/log/log-line.ts';
import type { Clock } from '../clock.ts';

/** So many lines of which not one is a broker's are no log of one. */
const MANY = 50;

/**
 * Watches whether a log is one that can be read: hears each line, and emits the issue that begins or ends with it. `name`
 * is what the log is called in words: `the broker log FILE`.
 */
export function watchUnreadLines(name: string, clock: Clock, emit: (event: HomeEvent) => void): (line: string) => void {
  let first: string | null = null;
  let unread = 0;
  let issue: Issue | null = null;
  let isKnown = false;
  return line => {
    if (isKnown) return;
    if (isBrokerLine(line)) {
      isKnown = true;
      if (issue !== null) emit({ type: 'issue-settled', at: clock.now(), issue, news: null });
      return;
    }
    first ??= line;
    unread += 1;
    if (unread !== MANY) return;
    issue = describe(name, first);
    emit({ type: 'issue-found', at: clock.now(), issue });
  };
}

function describe(name: string, first: string): Issue {
  return {
    severity: 'warning',
    message: `not one of ${MANY} lines of ${name} can be read; the first is: ${cleanText(first, 80)}`,
    cure: 'Name the log of mosquitto, nats-server or RabbitMQ; with a log_timestamp_format of your own, leave it out of mosquitto.conf.',
  };
}
