import { fitText } from '../../core/fit-text.ts';
import { freshnessOfSwitch } from '../../core/home/select.ts';
import { getRow } from '../../core/home/state/table.ts';
import type { CommandedConfig } from '../../core/house/house.ts';
import { targetsText } from '../../core/house/values/commanded.ts';
import { placesAround } from '../layout/layout.ts';
import type { SetDialog } from '../state/app-state.ts';
import { focusMark, type HouseView, type Lines } from '../text/house-view.ts';
import { type Line, span } from '../text/line.ts';
import { boxed, keysLine, rowsOf } from './box.ts';

/** A value that is being chosen: typed or stepped for a set-point, from a list for a selection. */
export function setLines(view: HouseView, dialog: SetDialog, where: string, width: number, rows: number): Lines {
  const config = view.home.house.switches.get(dialog.switchId);
  const label = config?.label ?? dialog.switchId;
  const text =
    config?.kind === 'select'
      ? optionLines(view, dialog, config, width - 6, rows - 3)
      : numberLines(dialog, config, where, width - 6);
  return boxed(view, { title: `Set ${label}`, text, answers: config?.kind === 'select' ? CHOOSE : STEP }, width, rows);
}

function numberLines(
  { entry, fault }: SetDialog,
  config: CommandedConfig | undefined,
  where: string,
  room: number,
): Lines {
  const unit = config?.kind === 'number' ? config.unit : '';
  return [
    [span(entry, 'input'), span(' ', 'focus'), span(` ${unit}`, 'muted')],
    ...(fault === null ? [] : rowsOf(fault, 'warning', room, 3)),
    ...rowsOf(config === undefined ? '' : targetsText(config), 'muted', room, 2),
    ...rowsOf(where, 'muted', room, 2),
  ];
}

/** The options with a mark at the chosen one, and the one that holds in another style. */
function optionLines(
  view: HouseView,
  { switchId, entry }: SetDialog,
  { options }: Extract<CommandedConfig, { kind: 'select' }>,
  room: number,
  rows: number,
): Lines {
  const position = getRow(view.home.switches, switchId)?.position ?? null;
  const isLive = freshnessOfSwitch(view.home, switchId).freshness === 'live';
  const chosen = Math.max(0, options.indexOf(entry));
  const places = placesAround(chosen, options.length, rows, () => 1);
  return places.map((place): Line => {
    const option = options[place] ?? '';
    const now = option !== position ? '' : isLive ? ' (as it stands)' : ' (as it was last heard)';
    return [
      focusMark(view.glyphs, place === chosen),
      span(' '),
      span(fitText(`${option}${now}`, room - 2).trimEnd(), place === chosen ? 'strong' : 'text'),
    ];
  });
}

const STEP: Line = [
  ...keysLine(['+', '-'], 'step   '),
  ...keysLine(['Enter'], 'set   '),
  ...keysLine(['Esc'], 'leave'),
];
const CHOOSE: Line = [
  ...keysLine(['j', 'k'], 'move  '),
  ...keysLine(['Enter'], 'set  '),
  ...keysLine(['Esc'], 'leave'),
];
