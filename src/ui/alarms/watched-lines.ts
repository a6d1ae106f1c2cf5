import { countText } from '../../core/count-text.ts';
import { wrapText } from '../../core/fit-text.ts';
import type { AlarmBook } from '../../core/home/alarms/alarm.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { labelOf } from '../../core/house/house.ts';
import { roomInFrame } from '../layout/layout.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { partOfLines } from '../panels/part-lines.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { span } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';

/** What an alarm tells, by its id: of those of which the book has nothing to say. */
export type LabelOf = (id: string) => string;

/** Who watches how much, in a few words; of the past it is not known who did. */
export function watchedText({ replay }: HouseView, { total, unwatched, source }: AlarmBook): string {
  const blind = unwatched.reduce((sum, { ids }) => sum + ids.length, 0);
  const isPast = replay != null;
  const who = isPast ? 'at this time' : `by ${source === 'daemon' ? 'the daemon' : 'this console'}`;
  const judged = isPast ? 'could not be judged' : 'cannot be judged now';
  return `${countText(total, 'alarm')} watched ${who}${blind === 0 ? '' : `; ${blind} of them ${judged}`}`;
}

/** The screen where nothing is wrong: what is watched by whom, and what is not, and why. */
export function calmLines(
  view: HouseView,
  size: Size,
  book: AlarmBook | null,
  look: { readonly part: number; readonly watched: readonly string[]; readonly labelOf: LabelOf },
): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const said = (text: string, style: StyleName = 'text'): Lines =>
    wrapText(text, room.width).map(row => [span(row, style)]);
  const blocks = book === null ? nobody(view).map(text => said(text, 'muted')) : calm(view, book, look, said);
  const lines = blocks.flatMap((block, place): Lines => (place === 0 ? block : [[], ...block]));
  const title = { text: 'Alarms', remark: book === null ? 'nobody watches' : 'none' };
  return frameLines(view, title, partOfLines(lines, room, look.part), { width: size.columns, rows: size.rows });
}

function nobody({ replay, home }: HouseView): readonly string[] {
  if (replay != null) return ['What was watched at this time is not recorded: of alarms nothing is known.'];
  return home.link.phase === 'connected'
    ? ['Nobody watches yet: it begins a moment after the console stands.']
    : ['Nobody watches yet: there is no link to the broker.'];
}

function calm(
  { home, replay }: HouseView,
  book: AlarmBook,
  { watched, labelOf: labelOfAlarm }: { readonly watched: readonly string[]; readonly labelOf: LabelOf },
  said: (text: string, style?: StyleName) => Lines,
): readonly Lines[] {
  const isPast = replay != null;
  const [is, judged] = isPast ? ['was', 'Could not be judged then'] : ['is', 'Cannot be judged now'];
  const who =
    book.source === 'daemon'
      ? 'The daemon watches, also while no console is open.'
      : 'This console watches while it is open; hometui daemon watches all the time.';
  const [unlimited, unwatched] = [withoutLimits(home), book.unwatched];
  const blind = unwatched.map(({ why, ids }) => `${ids.map(labelOfAlarm).join('; ')} (${why})`);
  return [
    blind.length === 0
      ? said(`Nothing that ${is} watched ${is} wrong.`, 'ok')
      : said(`Nothing ${is} known to be wrong.`),
    said(isPast ? 'These are the alarms of this time, as they were judged then.' : who),
    ...(blind.length === 0 ? [] : [said(`${judged}: ${blind.join('; ')}.`, 'warning')]),
    said(`Watched: ${namesOf(watched)}.`, 'muted'),
    ...(unlimited.length === 0 ? [] : [said(`No limits are set for ${namesOf(unlimited)}.`, 'muted')]),
  ];
}

/** So many are named; of more the count says as much. */
const MOST_NAMED = 60;

function namesOf(labels: readonly string[]): string {
  const more = labels.length - MOST_NAMED;
  return `${labels.slice(0, MOST_NAMED).join('; ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The sensors that have no limits. */
function withoutLimits({ house }: HomeState): readonly string[] {
  const free = [...house.sensors].filter(
    ([, { warning, critical }]) => warning === undefined && critical === undefined,
  );
  return free.map(([id]) => labelOf(house, id));
}
