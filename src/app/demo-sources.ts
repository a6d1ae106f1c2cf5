import { parseAclFile } from '../core/mosquitto/acl-file.ts';
import type { Clock } from '../io/clock.ts';
import { emitLogLine } from '../io/log-tail/log-event.ts';
import type { Source } from './session.ts';

/** The log of a broker in this process, on its way to the house as if it were followed in a file. */
export interface LogRelay {
  /** One line as mosquitto writes it. */
  readonly say: (line: string) => void;
  readonly source: Source;
}

/** Makes the relay: lines that come before the source is opened are kept for it. */
export function createLogRelay(clock: Clock): LogRelay {
  const early: string[] = [];
  let tell: ((line: string) => void) | null = null;
  return {
    say: line => {
      if (tell === null) early.push(line);
      else tell(line);
    },
    source: emit => {
      tell = line => emitLogLine(line, { source: 'file', isPast: false }, clock, emit);
      for (const line of early.splice(0)) tell(line);
      return {
        close: () => {
          tell = () => {};
        },
      };
    },
  };
}

/** An access control list that is there as text, as if it had been read from the file of that name. */
export function aclTextSource(text: string, file: string, clock: Clock): Source {
  return emit => {
    emit({ type: 'acl-read', at: clock.now(), acl: parseAclFile(text, file) });
    return { close: () => {} };
  };
}
