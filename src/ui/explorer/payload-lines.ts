import { cleanText } from '../../core/clean-text.ts';
import { sizeText } from '../../core/count-text.ts';
import { bytesOfText } from '../../core/explorer/binary-text.ts';
import { type JsonLine, jsonLines, jsonOf } from '../../core/explorer/json-lines.ts';
import { payloadLine, payloadText, pictureText } from '../../core/explorer/payload-kind.ts';
import type { PastValue } from '../../core/explorer/recent-values.ts';
import { wrapText } from '../../core/fit-text.ts';
import { focusMark, type HouseView, type Lines } from '../text/house-view.ts';
import { fitLine, type Line, span } from '../text/line.ts';
import { stampOf } from '../text/near-moment.ts';
import type { StyleName } from '../theme/theme.ts';

const MARKS: Readonly<Record<JsonLine['mark'], readonly [sign: string, style: StyleName]>> = {
  same: [' ', 'text'],
  changed: ['~', 'accent'],
  added: ['+', 'accent'],
  removed: ['-', 'accent'],
};
/** Lines of a text at the most. */
const MOST_LINES = 1_000;

/** What a payload says: JSON with what is not as before, text line by line, or what it is and its bytes. */
export function payloadLines(value: PastValue, before: PastValue | null, width: number): Lines {
  if (value.bytes === 0) return [[span('(empty)', 'muted')]];
  const text = textOf(value);
  if (text === null) return hexLines(value, width);
  const document = value.payload.length < value.bytes ? null : jsonOf(text);
  const old = before === null ? null : textOf(before);
  if (document === null) return plainLines(text, old, width);
  return jsonLines(document, old === null ? null : jsonOf(old)).flatMap(({ depth, text: said, mark }) => {
    const [sign, style] = MARKS[mark];
    const indent = '  '.repeat(Math.min(depth, Math.floor(width / 4)));
    const rows = wrapText(said, Math.max(8, width - indent.length - 2));
    return rows.map((row, place): Line => [span(`${place === 0 ? sign : ' '} `, style), span(indent + row, style)]);
  });
}

function textOf({ payload, bytes }: PastValue): string | null {
  const kept = bytesOfText(payload);
  return pictureText(kept) === null ? payloadText(kept, bytes) : null;
}

function plainLines(text: string, old: string | null, width: number): Lines {
  const lines = text.split(/\r?\n/).slice(0, MOST_LINES);
  const said = lines.flatMap(line =>
    wrapText(cleanText(line.replaceAll('\t', '  '), 4_000), width).map((row): Line => [span(row, 'value')]),
  );
  if (old === null || old === text) return said;
  return [...said, [span(cleanText(`was ${old.replace(/\s+/g, ' ')}`, width), 'muted')]];
}

/** The bytes of a payload as numbers to the base of 16, and as the letters that they are. */
export function hexLines({ payload, bytes }: PastValue, width: number): Lines {
  const kept = bytesOfText(payload);
  const perRow = width >= 74 ? 16 : 8;
  const rows: Line[] = [];
  for (let from = 0; from < kept.length; from += perRow) {
    const row = kept.subarray(from, from + perRow);
    const numbers = [...row].map(byte => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = [...row].map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    rows.push([
      span(`${from.toString(16).padStart(4, '0')}  `, 'muted'),
      span(`${numbers.padEnd(perRow * 3)} `, 'value'),
      span(letters, 'label'),
    ]);
  }
  const rest = bytes - kept.length;
  return rest === 0 ? rows : [...rows, [span(`and ${sizeText(rest)} more, not kept`, 'muted')]];
}

/** The last values, the newest first, each in a line. */
export function valueLines(
  view: HouseView,
  all: readonly PastValue[],
  chosen: PastValue | null,
  marked: PastValue | null,
  width: number,
): Lines {
  return all.toReversed().map((value): Line => {
    const kept = bytesOfText(value.payload.slice(0, 1_000));
    const { column, lead } = stampOf(view, value.at);
    const text = payloadLine(kept, value.bytes, Math.max(1, width - 24));
    return fitLine(
      [
        focusMark(view.glyphs, value === chosen),
        span(value.isRetained ? ' retained ' : ` ${column} `, value.isRetained ? 'retained' : 'muted'),
        span(value === marked ? 'marked ' : '       ', 'accent'),
        span(value.isRetained ? '' : lead, 'muted'),
        span(text, value.isRetained ? 'retained' : 'value'),
      ],
      width,
    );
  });
}
