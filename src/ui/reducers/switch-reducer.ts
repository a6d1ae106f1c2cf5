import { lockOf } from '../../core/home/select.ts';
import type { Position } from '../../core/home/state/switch.ts';
import { getRow } from '../../core/home/state/table.ts';
import { labelOf } from '../../core/house/house.ts';
import { PRESS } from '../../core/house/values/commanded.ts';
import type { AppCommand, AppContext, AppState, AppStep } from '../state/app-state.ts';
import { notice, stay } from '../state/app-step.ts';
import { chosenId } from '../state/sight.ts';
import { openSetting } from './set-reducer.ts';

/** Space: the chosen item, where that is something that is commanded. */
export function toggleFocused(state: AppState, context: AppContext): AppStep {
  const { house } = context.home;
  const id = chosenId(state, context.home);
  if (id !== undefined && house.switches.has(id)) return askForSwitch(state, id, context);
  const label = id === undefined ? 'This' : labelOf(house, id);
  return notice(state, context, `${label} is no switch; Space is for switches`);
}

/** A locked switch and a second press while the first is on its way do nothing but say so. */
export function askForSwitch(state: AppState, switchId: string, context: AppContext, by: 1 | -1 | 0 = 0): AppStep {
  if (context.replay != null) return notice(state, context, 'This is the past: nothing can be switched in it');
  const config = context.home.house.switches.get(switchId);
  const row = getRow(context.home.switches, switchId);
  if (config === undefined || row === undefined) return stay(state);
  const lock = lockOf(context.home, switchId);
  if (lock !== null) return notice(state, context, `${config.label} is locked: ${lock}`);
  if (row.command !== null) return notice(state, context, `${config.label}: the last command is still on its way`);
  if (config.kind === 'number' || config.kind === 'select') {
    // Nobody should choose a value that then goes nowhere.
    if (!isLinked(context)) return notice(state, context, unlinkedText(switchId, context));
    return stay(openSetting(state, switchId, config, row.position, by));
  }
  const target: Position = config.kind === 'button' ? PRESS : row.position === 'on' ? 'off' : 'on';
  return command(state, switchId, target, context);
}

/** Asks for it, after a question where the house file wants one and something would come of a yes. */
export function command(state: AppState, switchId: string, target: Position, context: AppContext): AppStep {
  const isAsked = context.home.house.switches.get(switchId)?.ask === true && isLinked(context);
  return isAsked ? stay({ ...state, dialog: { switchId, target } }) : request(state, switchId, target, context);
}

/** A step of the chosen set-point: it is shown, and sent with Enter. */
export function adjust(state: AppState, by: 1 | -1, context: AppContext): AppStep {
  const id = chosenId(state, context.home);
  if (id !== undefined && context.home.house.switches.get(id)?.kind === 'number')
    return askForSwitch(state, id, context, by);
  const label = id === undefined ? 'This' : labelOf(context.home.house, id);
  return notice(state, context, `${label} is no set-point; + and - are for set-points`);
}

/** Asks for it at once; without a link that is noted as not sent, and said. */
export function request(state: AppState, switchId: string, target: Position, context: AppContext): AppStep {
  const command: AppCommand = { type: 'request-switch', switchId, target };
  if (isLinked(context)) return { state, commands: [command] };
  return { ...notice(state, context, unlinkedText(switchId, context)), commands: [command] };
}

const isLinked = ({ home }: AppContext): boolean => home.link.phase === 'connected';

function unlinkedText(switchId: string, { home: { house } }: AppContext): string {
  const kind = house.switches.get(switchId)?.kind ?? 'switch';
  const verb = kind === 'button' ? 'pressed' : kind === 'switch' ? 'switched' : 'set';
  return `${labelOf(house, switchId)} cannot be ${verb}: there is no link to the broker. Nothing is sent later`;
}
