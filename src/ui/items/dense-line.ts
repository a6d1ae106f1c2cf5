import { fitText } from '../../core/fit-text.ts';
import { textWidth } from '../../core/text-width.ts';
import { LABEL_LEAST, pickText } from '../layout/item-columns.ts';
import { metricsOf } from '../layout/metrics.ts';
import { numberField } from '../layout/number-field.ts';
import { focusMark, type HouseView } from '../text/house-view.ts';
import { fitLine, type Line, span } from '../text/line.ts';
import { type ShownValue, shownDerived, shownSensor } from './value-line.ts';

/** Columns of mark, sign, and the blanks beside the label. */
const FIXED = 4;
/** So much of a label stays in any case. */
const LABEL_SHORTEST = 6;

/** The row of a value where there are many of them: in place of its unit the word for what is the matter with it. */
export function denseLine(view: HouseView, id: string, isFocused: boolean, width: number): Line {
  const shown = shownSensor(view, id) ?? shownDerived(view, id);
  if (shown === null) return fitLine([], width);
  const metrics = metricsOf(view.home.house);
  const longest = Math.min(metrics.label, width - FIXED - metrics.integer - metrics.fraction - 1 - metrics.unit);
  const tail = tailOf(shown, metrics, width - FIXED - Math.min(longest, LABEL_LEAST));
  const tailWidth = tail.reduce((sum, { text }) => sum + textWidth(text), 0);
  const label = Math.max(LABEL_SHORTEST, Math.min(longest, width - FIXED - tailWidth));
  const head = [focusMark(view.glyphs, isFocused), shown.sign, span(' ')];
  const name = span(fitText(shown.label, label), isFocused ? 'strong' : 'label');
  return fitLine([...head, name, span(' '), ...tail], width);
}

/** Number and unit, or number and word; on the decimal point where there is room for that. */
function tailOf(shown: ShownValue, metrics: ReturnType<typeof metricsOf>, room: number): Line {
  const { value, decimals, words, wordsStyle, unit, freshness } = shown;
  if (value === null) return [span(pickText([...words, freshness], room), wordsStyle)];
  const style = freshness === 'live' ? 'value' : 'notLive';
  const number = numberField(value, decimals, metrics);
  if (words.length === 0) return [span(`${number} `, style), span(unit, 'muted')];
  const [whole, bare] = [number, number.trim()].map(text => pickText(words, room - text.length - 1));
  const hasRoom = textWidth(whole ?? '') <= room - number.length - 1;
  return hasRoom
    ? [span(`${number} `, style), span(whole ?? '', wordsStyle)]
    : [span(`${number.trim()} `, style), span(bare ?? '', wordsStyle)];
}
