import { assertNever } from '../../core/assert-never.ts';
import { cleanText } from '../../core/clean-text.ts';
import { freshnessOfSwitch } from '../../core/home/select.ts';
import type { SwitchState } from '../../core/home/state/switch.ts';
import { getRow } from '../../core/home/state/table.ts';
import type { CommandedConfig } from '../../core/house/house.ts';
import { commandPayload, valueText } from '../../core/house/values/commanded.ts';
import { rememberedTexts } from '../items/switch-line.ts';
import type { AllowDialog, ConfirmDialog, SetDialog, TopicDialog } from '../state/app-state.ts';
import { coarseAge, sinceText } from '../text/age-text.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { type Line, overlayLines } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';
import { boxed, keysLine, rowsOf } from './box.ts';
import { setLines } from './set-dialog.ts';

/** The question before a command, for a value, or before a right is given, laid over a screen. */
export function withDialog(
  view: HouseView,
  lines: Lines,
  size: Size,
  dialog: ConfirmDialog | SetDialog | AllowDialog | TopicDialog,
): Lines {
  const width = Math.min('switchId' in dialog ? 46 : 64, size.columns);
  const box = boxOf(view, dialog, width, size.rows);
  const column = Math.floor((size.columns - width) / 2);
  const row = Math.max(0, Math.floor((size.rows - box.length) / 2));
  return overlayLines(lines, box, column, row);
}

function boxOf(
  view: HouseView,
  dialog: ConfirmDialog | SetDialog | AllowDialog | TopicDialog,
  width: number,
  rows: number,
): Lines {
  if ('stage' in dialog) return allowLines(view, dialog, width, rows);
  if ('question' in dialog) {
    const facts = dialog.facts.flatMap(fact => rowsOf(fact, 'muted', width - 6, 3));
    const text = [...rowsOf(dialog.question, 'strong', width - 6, 3), ...facts];
    return boxed(view, { title: SURE, text, answers: yesOrNo }, width, rows);
  }
  if ('target' in dialog) return dialogLines(view, dialog, width, rows);
  const where = whereItStands(view, getRow(view.home.switches, dialog.switchId));
  return setLines(view, dialog, where, width, rows);
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

const yesOrNo: Line = [...keysLine(['Enter', 'y'], 'yes     '), ...keysLine(['Esc', 'n'], 'no')];

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
  const word = config?.kind === 'switch' ? 'switched' : 'set';
  return `It is ${position}${row.changedAt === null ? '' : sinceWords(home.at - row.changedAt, word)}`;
}

function sinceWords(durationMs: number, word: string): string {
  const words = sinceText(durationMs);
  return words.startsWith('for') ? ` ${words}` : `, ${word} ${words}`;
}
