import { cleanText } from '../../core/clean-text.ts';
import { countText, sizeText } from '../../core/count-text.ts';
import { bytesOfText } from '../../core/explorer/binary-text.ts';
import { jsonOf } from '../../core/explorer/json-lines.ts';
import { numberPaths } from '../../core/explorer/numbers.ts';
import { payloadText, pictureText } from '../../core/explorer/payload-kind.ts';
import type { PastValue } from '../../core/explorer/recent-values.ts';
import { type TopicHeard, topicOf } from '../../core/explorer/topic-node.ts';
import { jsonPathOf } from '../../core/mqtt/json-path.ts';
import { CHART_MIN_ROWS } from '../charts/chart-lines.ts';
import { pickText } from '../layout/item-columns.ts';
import { roomInFrame } from '../layout/layout.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { headingLine } from '../panels/section-lines.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { fitLine, type Line, span } from '../text/line.ts';
import { nearMoment } from '../text/near-moment.ts';
import { hexLines, payloadLines, valueLines } from './payload-lines.ts';
import { numberChart } from './topic-chart.ts';
import { chosenOf, type TopicSight } from './topic-sight.ts';
import { ageText, paceText } from './tree-lines.ts';

/** What the page of a topic is made from. */
export interface TopicScene {
  readonly sight: TopicSight;
  readonly heard: Readonly<TopicHeard> | null;
  /** The oldest first. */
  readonly values: readonly PastValue[];
  /** ms since 1970. */
  readonly now: number;
}

/** A page as it is drawn, with what scrolling needs to know of it. */
export interface TopicPage {
  readonly lines: Lines;
  /** Rows of the part that scrolls, and rows that there are of it. */
  readonly height: number;
  readonly most: number;
}

/** Rows above what is said: what is known of the topic, and of the value. */
const HEAD_ROWS = 2;
/** A chart gets so much of the page at the most. */
const CHART_ROWS = 12;

/** All that is known of one topic: its last payload with what is new in it, its last values, a number in it as a chart. */
export function topicPage(view: HouseView, size: Size, scene: TopicScene): TopicPage {
  const room = roomInFrame(size.columns, size.rows);
  const { sight, values } = scene;
  const { chosen, before, place } = chosenOf(sight, values);
  const body = bodyOf(view, scene, chosen, before, room.width);
  const chart = sight.form === 'payload' && chosen !== null ? chartOf(view, scene, chosen, room, body.length) : [];
  const height = Math.max(1, room.rows - HEAD_ROWS - chart.length);
  const scroll = sight.form === 'values' ? scrollToPlace(values.length - 1 - place, body.length, height) : sight.scroll;
  const top = Math.max(0, Math.min(scroll, body.length - height));
  const shown = body.slice(top, top + height);
  const blank: Lines = Array.from({ length: height - shown.length }, () => []);
  const head = [factLine(scene, room.width), valueLine(view, scene, chosen, place, room.width)];
  const name = cleanText(topicOf(sight.node), 2_000);
  const more = body.length - top - height;
  const lines = frameLines(
    view,
    { text: name, remark: more > 0 ? `${countText(more, 'more row')} below` : '' },
    [...head, ...shown, ...blank, ...chart],
    { width: size.columns, rows: size.rows },
  );
  return { lines, height, most: body.length };
}

function bodyOf(
  view: HouseView,
  { sight, values }: TopicScene,
  chosen: PastValue | null,
  before: PastValue | null,
  width: number,
): Lines {
  if (chosen === null) return [[span('Nothing is kept of what it said', 'muted')]];
  if (sight.form === 'hex') return hexLines(chosen, width);
  if (sight.form === 'values') return valueLines(view, values, chosen, sight.marked, width);
  return payloadLines(chosen, before, width);
}

const scrollToPlace = (place: number, count: number, height: number): number =>
  Math.max(0, Math.min(place - Math.floor(height / 2), count - height));

function factLine({ heard, now }: TopicScene, width: number): Line {
  if (heard === null) return fitLine([], width);
  const live = heard.live === 0 ? 'retained, its age is unknown' : `last ${ageText(now - heard.lastLiveAt)} ago`;
  const pace = heard.live === 0 ? '' : `, ${paceText(heard, true)}, ${countText(heard.live, 'message')}`;
  const kept = heard.live > 0 && heard.retained > 0 ? '; a retained one lay here' : '';
  return fitLine([span(`${live}${pace}${kept}`, heard.live === 0 ? 'retained' : 'live')], width);
}

function valueLine(
  view: HouseView,
  { sight, values }: TopicScene,
  chosen: PastValue | null,
  place: number,
  width: number,
): Line {
  if (chosen === null) return fitLine([], width);
  const at = chosen.isRetained ? 'retained' : nearMoment(view, chosen.at, { hasSeconds: true });
  const which = place < 0 ? 'older than the last 100' : `${values.length - place} of the last ${values.length}`;
  const marked =
    sight.marked === null || sight.marked.isRetained
      ? 'the retained one'
      : nearMoment(view, sight.marked.at, { hasSeconds: true });
  const against = sight.marked === null ? '' : `, against ${marked}`;
  const what = `${kindOf(chosen)}, ${sizeText(chosen.bytes)}`;
  const texts = [`${what}; ${which}, ${at}${against}`, `${what}; ${which}${against}`, what];
  return fitLine([span(pickText(texts, width), 'muted')], width);
}

function kindOf({ payload, bytes }: PastValue): string {
  const kept = bytesOfText(payload);
  const picture = pictureText(kept);
  if (picture !== null) return picture;
  const text = payloadText(kept, bytes);
  if (text === null) return 'no text';
  if (payload.length < bytes) return `text, of which ${sizeText(payload.length)} are kept`;
  return jsonOf(text) === null ? 'text' : 'JSON';
}

function chartOf(
  view: HouseView,
  { sight, values }: TopicScene,
  chosen: PastValue,
  room: { readonly width: number; readonly rows: number },
  bodyRows: number,
): Lines {
  const paths = numberPaths(chosen);
  const path = paths[sight.number % Math.max(1, paths.length)];
  const rows = Math.min(CHART_ROWS, Math.max(room.rows - HEAD_ROWS - bodyRows, Math.floor(room.rows / 2))) - 1;
  if (path === undefined || rows < CHART_MIN_ROWS) return [];
  const remark = paths.length > 1 ? `${(sight.number % paths.length) + 1} of ${paths.length}: n` : '';
  return [
    headingLine(view, path.length === 0 ? 'The number' : cleanText(jsonPathOf(path), 200), remark, room.width, 0),
    ...numberChart(view, values, path, { width: room.width, rows }),
  ];
}
