import { formatDuration } from '../../core/duration.ts';
import { wrapText } from '../../core/fit-text.ts';
import type { Occurrence } from '../../core/history/query/occurrences.ts';
import { momentText } from '../../core/moment-text.ts';
import { pickText } from '../layout/item-columns.ts';
import { roomInFrame } from '../layout/layout.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { fillRows } from '../panels/section-lines.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { fitLine, span } from '../text/line.ts';
import { occurringIds } from './heard-occurrences.ts';
import { visitLines } from './visit-lines.ts';

/** What the screen of the visitors is made from. */
export interface VisitScene {
  /** In the order of time. */
  readonly occurrences: readonly Occurrence[];
  /** From when on they are known, ms of the day; `null` where nothing was ever kept. */
  readonly since: number | null;
  /** For how long of that nobody listened, ms. */
  readonly unheardMs: number;
  /** Whether the history is being read. */
  readonly isReading: boolean;
  /** Why it cannot be read, a sentence; `null` where it can, or none is kept. */
  readonly trouble: string | null;
  /** Whether a history is kept of it: else only what this console heard is known. */
  readonly isKept: boolean;
  /** Now, or the moment of a replay, ms of the day. */
  readonly now: number;
  /** Rows that are scrolled away above. */
  readonly top: number;
}

/** The screen as it is drawn, with what scrolling needs to know of it. */
export interface VisitPage {
  readonly lines: Lines;
  /** Rows that there are, and rows that are shown of them. */
  readonly most: number;
  readonly height: number;
}

/** All between header and footer: what happened by day, and below it what is not known of that time. */
export function visitPage(view: HouseView, size: Size, scene: VisitScene): VisitPage {
  const room = roomInFrame(size.columns, size.rows);
  const all =
    scene.occurrences.length === 0
      ? emptyLines(view, scene, room.width)
      : visitLines(view, scene.occurrences, scene.now, room.width);
  const height = Math.max(1, room.rows - 1);
  const top = Math.max(0, Math.min(scene.top, all.length - height));
  const shown = fillRows(all.slice(top, top + height), height, room.width);
  const foot = fitLine([span(pickText(footTexts(scene, all.length - top - height), room.width), 'muted')], room.width);
  const lines = frameLines(view, { text: 'Visitors', remark: remarkOf(scene) }, [...shown, foot], {
    width: size.columns,
    rows: size.rows,
  });
  return { lines, most: all.length, height };
}

function remarkOf({ occurrences, since }: VisitScene): string {
  const count = occurrences.reduce((sum, one) => sum + one.count, 0);
  return since === null || count === 0 ? '' : `${count} since ${dayText(since)}`;
}

const dayText = (at: number): string => momentText(at).slice(0, 6);

/** What is missing, from the longest text on. */
function footTexts({ isReading, trouble, isKept, unheardMs }: VisitScene, below: number): readonly string[] {
  if (trouble !== null) return [trouble];
  const more = below > 0 ? `${below} more below` : '';
  if (isReading) return ['reading the history …'];
  if (!isKept) return join([['Since this console began: no history is kept of it', 'No history is kept'], [more]]);
  if (unheardMs < 60_000) return [more];
  const time = formatDuration(unheardMs);
  const unheard = [
    `Nobody listened for ${time} of this time: who came then is not known`,
    `Nobody listened for ${time}`,
  ];
  return join([unheard, [more]]);
}

/** All pairs of what is there, the longest first. */
function join([first, [more = '']]: readonly [readonly string[], readonly string[]]): readonly string[] {
  return first.flatMap(text => (more === '' ? [text] : [`${more}; ${text}`, text]));
}

function emptyLines({ home }: HouseView, { since, isReading }: VisitScene, width: number): Lines {
  const labels = occurringIds(home).map(id => home.house.words.get(id)?.label ?? id);
  const texts =
    labels.length === 0
      ? [
          'Nothing in this house tells of visitors: the house file has neither "events" nor "counters".',
          'A bell, a tag or a motion is one: { "label": "Door bell", "topic": "door/bell" }.',
        ]
      : isReading
        ? []
        : [`Nothing was heard${since === null ? '' : ` since ${momentText(since)}`} of ${labels.join(', ')}.`];
  return texts.flatMap(text => [...wrapText(text, width).map(row => [span(row, 'muted')]), []]);
}
