import { cleanText } from '../../core/clean-text.ts';
import type { Issue } from '../../core/issue.ts';
import { isBrokerLine } from '../../core/mosquitto/log-line.ts';

/** So many lines of which not one is a broker's are no log of one. */
const MANY = 50;

/** Watches whether a log is one that can be read. */
export interface UnreadLines {
  /** The issue that begins with this line, or the one that ends with it. */
  readonly hear: (line: string) => { readonly issue: Issue; readonly isOver: boolean } | null;
}

/** `name` is what the log is called in words: `the broker log FILE`. */
export function createUnreadLines(name: string): UnreadLines {
  let first: string | null = null;
  let unread = 0;
  let issue: Issue | null = null;
  let isKnown = false;
  return {
    hear: line => {
      if (isKnown) return null;
      if (isBrokerLine(line)) {
        isKnown = true;
        return issue === null ? null : { issue, isOver: true };
      }
      first ??= line;
      unread += 1;
      if (unread !== MANY) return null;
      issue = describe(name, first);
      return { issue, isOver: false };
    },
  };
}

function describe(name: string, first: string): Issue {
  return {
    severity: 'warning',
    message: `not one of ${MANY} lines of ${name} can be read; the first is: ${cleanText(first, 80)}`,
    cure: 'Name the log of mosquitto, nats-server or RabbitMQ; with a log_timestamp_format of your own, leave it out of mosquitto.conf.',
  };
}
