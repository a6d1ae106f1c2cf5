import { fitText, wrapText } from '../../core/fit-text.ts';
import type { Lines } from '../text/house-view.ts';
import { fitLine, type Line, span } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';

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
