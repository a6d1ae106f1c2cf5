import { assertNever } from '../../core/assert-never.ts';
import { cleanText } from '../../core/clean-text.ts';
import { wrapTextTo } from '../../core/fit-text.ts';
import { freshnessOfSwitch } from '../../core/home/select.ts';
import type { SwitchState } from '../../core/home/state/switch.ts';
import { getRow } from '../../core/home/state/table.ts';
import type { CommandedConfig } from '../../core/house/house.ts';
import { commandPayload, valueText } from '../../core/house/values/commanded.ts';
import { rememberedTexts } from '../items/switch-line.ts';
import { bottomEdge, topEdge } from '../panels/panel-lines.ts';
import type { AllowDialog, ConfirmDialog } from '../state/app-state.ts';
import { coarseAge, sinceText } from '../text/age-text.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { fitLine, type Line, overlayLines, span } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';

/** The question before a switching, or before a right is given, laid over a screen. */
export function withDialog(view: HouseView, lines: Lines, size: Size, dialog: ConfirmDialog | AllowDialog): Lines {
  const isAllowing = 'stage' in dialog;
  const width = Math.min(isAllowing ? 64 : 46, size.columns);
  const box = isAllowing ? allowLines(view, dialog, width, size.rows) : dialogLines(view, dialog, width, size.rows);
  const column = Math.floor((size.columns - width) / 2);
  const row = Math.max(0, Math.floor((size.rows - box.length) / 2));
  return overlayLines(lines, box, column, row);
}

function dialogLines(view: HouseView, { switchId, target }: ConfirmDialog, width: number, rows: number): Lines {
  const config = view.home.house.switches.get(switchId);
  const row = getRow(view.home.switches, switchId);
  const label = config?.label ?? switchId;
  const payload = config === undefined ? '' : cleanText(commandPayload(config, target));
  const asked = askedOf(config, label, target);
  const room = width - 6;
  const question = rowsOf(asked, 'strong', room, 3);
  const where = rowsOf(whereItStands(view, row), 'muted', room, 3);
  // What is longer than that stands in the detail of the switch.
  const left = rows - question.length - where.length - 3;
  const goes = rowsOf(`"${payload}" goes to ${config?.command ?? ''}`, 'muted', room, Math.max(1, left));
  return boxed(view, { title: SURE, text: [...question, ...where, ...goes], answers: yesOrNo }, width, rows);
}

/** What is asked before a command. */
function askedOf(config: CommandedConfig | undefined, label: string, target: string): string {
  if (config?.kind === 'button') return `Press ${label}?`;
  const isSwitch = config === undefined || config.kind === 'switch';
  return isSwitch ? `Switch ${label} ${target}?` : `Set ${label} to ${valueText(target, config)}?`;
}

const SURE = 'Sure?';

/** The lines of the ACL file; then how the trial on a broker of its own goes, and what came of it. */
function allowLines(view: HouseView, { request, diff, stage }: AllowDialog, width: number, rows: number): Lines {
  const { user, access, topic, file } = request;
  const room = width - 6;
  const said = (text: string, style: StyleName, most = 4): Lines => rowsOf(text, style, room, most);
  const what = `${cleanText(user, 60)} ${access} ${cleanText(topic)}`;
  const changes = [
    ...said(`In ${cleanText(file)}:`, 'muted', 2),
    ...diff.flatMap(line => said(cleanText(line), 'accent', 2)),
  ];
  const box = (title: string, text: Lines, answers: Line): Lines => boxed(view, { title, text, answers }, width, rows);
  switch (stage.kind) {
    case 'asked':
      return box(SURE, [...said(`Let ${what}?`, 'strong', 3), ...changes, ...said(FIRST_TRIED, 'muted')], yesOrNo);
    case 'trying': {
      const doing = stage.says === '' ? 'Looking for a mosquitto here' : cleanText(stage.says);
      const text = [...said(`${doing} …`, 'strong', 3), ...said(WHILE_TRYING, 'muted')];
      return box('Trying it', text, keysLine(['Esc'], 'break off'));
    }
    case 'untried': {
      const text = [...said(`It could not be tried: ${cleanText(stage.why)}.`, 'warning'), ...changes];
      return box(SURE, [...text, ...said('Write it untried?', 'strong')], yesOrNo);
    }
    case 'writing':
      return box('Writing it', said(`${cleanText(file)} …`, 'strong'), []);
    case 'said':
      return box(
        stage.isGood ? 'Done' : 'Not done',
        [
          ...said(stage.text, stage.isGood ? 'strong' : 'critical', MOST_SAID),
          ...(stage.command === null ? [] : said(stage.command, 'accent', 2)),
        ],
        keysLine(['Enter'], 'back'),
      );
    default:
      return assertNever(stage);
  }
}

const FIRST_TRIED =
  'It is tried on a broker of its own first. Yours goes by it after a reload, which is not done here.';
const WHILE_TRYING = 'This takes 20 s at most. Your broker is not touched, and nothing is written yet.';
const MOST_SAID = 12;

interface Box {
  readonly title: string;
  readonly text: Lines;
  /** The keys that mean something. */
  readonly answers: Line;
}

/** A frame around a question and its answers; blank rows above and below where there is room. */
function boxed(view: HouseView, { title, text, answers }: Box, width: number, rows: number): Lines {
  const gap: Lines = rows - text.length - 3 >= 2 ? [[]] : [];
  const lines: Lines = [...gap, ...text.slice(0, Math.max(1, rows - 3)), ...gap, answers];
  const edge = span(view.glyphs.frame.vertical, 'frame');
  const framed = lines.map((line): Line => [edge, span('  '), ...fitLine(line, width - 5), span(' '), edge]);
  return [topEdge(view, title, width), ...framed, bottomEdge(view, width)];
}

/** `Enter or y yes` */
function keysLine(keys: readonly string[], word: string): Line {
  const named = keys.flatMap((key, index) => [...(index === 0 ? [] : [span(' or ')]), span(key, 'key')]);
  return [...named, span(` ${word}`)];
}

const yesOrNo: Line = [...keysLine(['Enter', 'y'], 'yes     '), ...keysLine(['Esc', 'n'], 'no')];

const rowsOf = (text: string, style: StyleName, width: number, most: number): Lines =>
  wrapTextTo(text, width, most).map(row => [span(row, style)]);

function whereItStands(view: HouseView, row: SwitchState | undefined): string {
  const { home } = view;
  const config = row === undefined ? undefined : home.house.switches.get(row.id);
  const [remembered] = row === undefined ? [] : rememberedTexts(view, row);
  if (config?.kind === 'button') return 'It does something once';
  if (row?.position == null)
    return `Where it stands is not known${remembered === undefined ? '' : `; it ${remembered}`}`;
  const { freshness, ageMs } = freshnessOfSwitch(home, row.id);
  const position = valueText(row.position, config);
  if (freshness === 'retained') return `A retained message says ${position}, its age is unknown`;
  if (freshness !== 'live') return `It was ${position} when it last spoke, ${coarseAge(ageMs ?? 0)} ago`;
  return `It is ${position}${row.changedAt === null ? '' : sinceWords(home.at - row.changedAt)}`;
}

function sinceWords(durationMs: number): string {
  const words = sinceText(durationMs);
  return words.startsWith('for') ? ` ${words}` : `, switched ${words}`;
}
