import { fitText, wrapText } from '../../core/fit-text.ts';
import { fitLine, type Line, span } from '../line.ts';
import type { StyleName } from '../theme.ts';
import type { Lines } from '../view.ts';

/** One fact with its name. */
export interface Field {
  readonly name: string;
  readonly text: string;
  readonly style?: StyleName;
}

const NAME_WIDTH = 10;

/** Facts one below the other, long ones on several rows. */
export function fieldLines(fields: readonly Field[], width: number): Lines {
  return fields.flatMap(({ name, text, style }) =>
    wrapText(text, Math.max(8, width - NAME_WIDTH)).map(
      (row, place): Line =>
        fitLine([span(fitText(place === 0 ? name : '', NAME_WIDTH), 'muted'), span(row, style ?? 'text')], width),
    ),
  );
}
