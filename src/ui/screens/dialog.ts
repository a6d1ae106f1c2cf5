import { freshnessOfSwitch } from '../../core/home/select.ts';
import type { SwitchState } from '../../core/home/switch.ts';
import { getRow } from '../../core/home/table.ts';
import type { ConfirmDialog } from '../app-state.ts';
import { fitLine, type Line, overlayLines, span } from '../line.ts';
import { bottomEdge, topEdge } from '../lines/panel-lines.ts';
import type { Lines, Size, View } from '../view.ts';
import { coarseAge, sinceText } from '../words.ts';

/** The question before a switching, laid over a screen. */
export function withDialog(view: View, lines: Lines, size: Size, dialog: ConfirmDialog): Lines {
  const width = Math.min(46, size.columns);
  const box = dialogLines(view, dialog, width);
  const column = Math.floor((size.columns - width) / 2);
  const row = Math.max(0, Math.floor((size.rows - box.length) / 2));
  return overlayLines(lines, box, column, row);
}

function dialogLines(view: View, { switchId, target }: ConfirmDialog, width: number): Lines {
  const config = view.home.house.switches.get(switchId);
  const row = getRow(view.home.switches, switchId);
  const label = config?.label ?? switchId;
  const payload = config === undefined ? '' : config[target];
  const rows: Lines = [
    [],
    [span(`Switch ${label} ${target}?`, 'strong')],
    [span(whereItStands(view, row), 'muted')],
    [span(`"${payload}" goes to ${config?.command ?? ''}`, 'muted')],
    [],
    [
      span('Enter', 'key'),
      span(' or '),
      span('y', 'key'),
      span(' yes     '),
      span('Esc', 'key'),
      span(' or '),
      span('n', 'key'),
      span(' no'),
    ],
  ];
  const edge = span(view.glyphs.frame.vertical, 'frame');
  const framed = rows.map((line): Line => [edge, span('  '), ...fitLine(line, width - 5), span(' '), edge]);
  return [topEdge(view, 'Sure?', width), ...framed, bottomEdge(view, width)];
}

function whereItStands({ home }: View, row: SwitchState | undefined): string {
  if (row?.position == null) return 'Where it stands is not known';
  const { freshness, ageMs } = freshnessOfSwitch(home, row.id);
  if (freshness === 'retained') return `A retained message says ${row.position}, its age is unknown`;
  if (freshness !== 'live') return `It was ${row.position} when it last spoke, ${coarseAge(ageMs ?? 0)} ago`;
  return `It is ${row.position}${row.changedAt === null ? '' : sinceWords(home.at - row.changedAt)}`;
}

function sinceWords(durationMs: number): string {
  const words = sinceText(durationMs);
  return words.startsWith('for') ? ` ${words}` : `, switched ${words}`;
}
