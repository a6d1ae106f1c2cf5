import { formatDuration } from '../../duration.ts';
import type { Verdict } from '../state/switch.ts';

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
