import { formatDuration } from '../../duration.ts';
import type { Verdict } from '../state/switch.ts';

/**
 * How a command ended, without the name of the switch: `on: confirmed in 84 ms`. `target` is what it was told, as people
 * read it.
 */
export function verdictText(verdict: Verdict, target: string): string {
  switch (verdict.kind) {
    case 'confirmed':
      return `${target}: confirmed in ${formatDuration(verdict.elapsedMs)}`;
    case 'denied':
      return `${target}: denied, ${verdict.detail}`;
    case 'nobody-listening':
      return `${target}: nobody is listening, ${verdict.detail}`;
    case 'not-confirmed':
      return `${target}: not confirmed, ${verdict.detail}`;
    case 'not-sent':
      return `${target}: not sent, ${verdict.detail}`;
  }
}
