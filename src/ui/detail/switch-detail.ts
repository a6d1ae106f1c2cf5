import { cleanText } from '../../core/clean-text.ts';
import { freshnessOfSwitch, lockOf, mayWrite } from '../../core/home/select.ts';
import { ourName } from '../../core/home/state/link.ts';
import type { SwitchState } from '../../core/home/state/switch.ts';
import { getRow } from '../../core/home/state/table.ts';
import { verdictText } from '../../core/home/switches/verdict-text.ts';
import type { CommandedConfig } from '../../core/house/house.ts';
import { targetsText, valueText } from '../../core/house/values/commanded.ts';
import { inQuotes } from '../../core/mqtt/payload.ts';
import { positionSpans, rememberedTexts, switchStatus } from '../items/switch-line.ts';
import { clientFields } from '../panels/client-lines.ts';
import { type Field, fieldLines } from '../panels/field-lines.ts';
import { calmAge } from '../text/age-text.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { type Line, span } from '../text/line.ts';
import { nearMoment } from '../text/near-moment.ts';
import { freshnessStyle } from '../text/state-style.ts';
import { findingFields } from './finding-fields.ts';
import { withHistory } from './history-lines.ts';

/**
 * A switch in full: where it stands, what it is allowed, how the last command ended and why, and its history; `name`
 * where the title cuts it. It may be higher than the screen.
 */
export function switchDetail(
  view: HouseView,
  id: string,
  name: Lines,
  { width, rows }: { readonly width: number; readonly rows: number },
): Lines {
  const config = view.home.house.switches.get(id);
  const row = getRow(view.home.switches, id);
  if (config === undefined || row === undefined) return [];
  const status = switchStatus(view, row);
  // The reason below says the rest of what is unknown.
  const words = row.position === null ? status.texts.findLast(text => text !== '') : status.texts[0];
  const head: Line = [...headSpans(view, config, row), span(words ?? '', status.style)];
  const top: Lines = [head, [], ...name, ...fieldLines(switchFields(view, config, row), width), []];
  return withHistory(view, id, top, { width, rows });
}

/** A set-point stands here without the columns of a panel. */
function headSpans(view: HouseView, config: CommandedConfig, row: SwitchState): Line {
  if (config.kind !== 'number' || row.position === null) return positionSpans(view, row);
  const isLive = freshnessOfSwitch(view.home, row.id).freshness === 'live';
  return [span(`${isLive ? '' : 'was '}${valueText(row.position, config)}  `, isLive ? 'value' : 'notLive')];
}

function switchFields(view: HouseView, config: CommandedConfig, row: SwitchState): readonly Field[] {
  const { freshness, reason } = freshnessOfSwitch(view.home, row.id, calmAge);
  const [remembered] = rememberedTexts(view, row);
  return [
    ...(remembered === undefined ? [] : [{ name: 'History', text: `${remembered}: the last that is kept of it` }]),
    ...(reason === null ? [] : [{ name: 'Why', text: reason, style: freshnessStyle[freshness] }]),
    ...findingFields(view, row.id),
    ...verdictFields(view, config, row),
    ...dangerFields(config, row),
    { name: 'Rights', ...rightsOf(view, config, row) },
    { name: 'Command', text: commandText(config) },
    { name: 'Feedback', text: feedbackText(view, config, row) },
    ...clientFields(view, row.id),
    ...keyFields(config),
  ];
}

function commandText(config: CommandedConfig): string {
  const { command } = config;
  if (config.kind === 'switch' && config.template === undefined)
    return `${command}, "${config.on}" and "${config.off}"`;
  if (config.kind === 'button') return `${command}, ${inQuotes(cleanText(config.payload, 60))}`;
  const template = config.template === undefined ? '' : `, as ${cleanText(config.template, 60)}`;
  return `${command}, ${targetsText(config)}${template}`;
}

function feedbackText(view: HouseView, { feedback, path }: CommandedConfig, row: SwitchState): string {
  if (feedback === undefined) return 'none: whether a command was carried out cannot be known';
  return `${feedback}${path === undefined ? '' : `, at ${path} in its JSON`}${lastHeard(view, row)}`;
}

/** Its own key, where it has one: it can always be chosen with the arrow keys. */
function keyFields({ key, ask, kind }: CommandedConfig): readonly Field[] {
  const asks = ask === true ? `asks before it ${kind === 'switch' ? 'switches' : 'is sent'}` : '';
  if (key === undefined) return asks === '' ? [] : [{ name: 'Key', text: `Space; ${asks}` }];
  return [{ name: 'Key', text: `${key}${asks === '' ? '' : `, ${asks}`}` }];
}

function lastHeard(view: HouseView, { receivedAt, isRetained }: SwitchState): string {
  return receivedAt === null || isRetained
    ? ''
    : `, last heard at ${nearMoment(view, receivedAt, { hasSeconds: true })}`;
}

function verdictFields(view: HouseView, config: CommandedConfig, { verdict }: SwitchState): readonly Field[] {
  if (verdict === null) return [];
  const style = verdict.kind === 'confirmed' ? 'ok' : 'warning';
  const evidence = verdict.evidence === null ? '' : ` (evidence: ${verdict.evidence})`;
  const at = nearMoment(view, verdict.at, { hasSeconds: true });
  return [
    {
      name: 'Last',
      text: `${at} ${verdictText(verdict, valueText(verdict.target, config))}${evidence}`,
      style,
    },
    ...(verdict.cure === null ? [] : [{ name: 'Cure', text: verdict.cure, style: 'accent' as const }]),
  ];
}

function dangerFields(config: CommandedConfig, { retainedCommand }: SwitchState): readonly Field[] {
  if (retainedCommand === null) return [];
  const text = `a retained "${retainedCommand.payload}" on ${config.command} switches it again at each reconnect of its device`;
  return [{ name: 'Danger', text, style: 'warning' }];
}

function rightsOf(view: HouseView, config: CommandedConfig, row: SwitchState): Omit<Field, 'name'> {
  const { home } = view;
  const who = ourName(home.session);
  const lock = lockOf(home, row.id);
  if (lock !== null) return { text: `${view.glyphs.symbols.lock} locked: ${lock}`, style: 'warning' };
  const may = mayWrite(home, row.id);
  const proof =
    row.mayWrite === null ? 'by the ACL file' : `proven at ${nearMoment(view, row.mayWrite.at, { hasSeconds: true })}`;
  if (may === null) return { text: `not known yet whether ${who} may write ${config.command}` };
  return { text: `${who} may ${may ? '' : 'not '}write ${config.command} (${proof})`, style: may ? 'text' : 'warning' };
}
