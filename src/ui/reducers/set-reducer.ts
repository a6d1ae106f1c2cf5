import type { Position } from '../../core/home/state/switch.ts';
import type { CommandedConfig } from '../../core/house/house.ts';
import { labelOf } from '../../core/house/house.ts';
import { readTarget, stepFrom } from '../../core/house/values/commanded.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';
import type { AppContext, AppState, AppStep, SetDialog } from '../state/app-state.ts';
import { notice, stay } from '../state/app-step.ts';

/** What can be set to one of many values. */
export type SettableConfig = Extract<CommandedConfig, { kind: 'number' | 'select' }>;

/** Longer than any number that a person types. */
const LONGEST = 16;

/** Asks for a value, beginning with the one that holds, or one step `by` from it. */
export function openSetting(
  state: AppState,
  switchId: string,
  config: SettableConfig,
  position: Position | null,
  by: 1 | -1 | 0 = 0,
): AppState {
  const first = config.kind === 'select' ? (config.options[0] ?? '') : '';
  const dialog: SetDialog = { switchId, entry: position ?? first, isTyped: false, fault: null };
  return { ...state, dialog: by === 0 || config.kind === 'select' ? dialog : stepped(dialog, config, by) };
}

/** What a key does meanwhile; `send` asks for the value, after a question where the house file wants one. */
export function editSetting(
  state: AppState,
  dialog: SetDialog,
  key: KeyEvent,
  context: AppContext,
  send: (state: AppState, switchId: string, target: Position) => AppStep,
): AppStep {
  const config = context.home.house.switches.get(dialog.switchId);
  if (config === undefined || (config.kind !== 'number' && config.kind !== 'select'))
    return close(state, dialog, context);
  if (key.type === 'paste') return stay(state);
  if (key.ctrl && key.name === 'character') return stay(state);
  if (key.name === 'escape' || isCharacter(key, 'q')) return close(state, dialog, context);
  if (key.name === 'enter') {
    const target = readTarget(dialog.entry, config);
    if (!target.ok) return stay({ ...state, dialog: { ...dialog, fault: target.error } });
    return send({ ...state, dialog: null }, dialog.switchId, target.value);
  }
  const edited = config.kind === 'select' ? choose(dialog, config, key) : type(dialog, config, key);
  return stay({ ...state, dialog: edited });
}

function close(state: AppState, { switchId }: SetDialog, context: AppContext): AppStep {
  return notice({ ...state, dialog: null }, context, `${labelOf(context.home.house, switchId)} was left as it is`);
}

type Key = Exclude<KeyEvent, { type: 'paste' }>;

function choose(dialog: SetDialog, { options }: Extract<SettableConfig, { kind: 'select' }>, key: Key): SetDialog {
  const place = Math.max(0, options.indexOf(dialog.entry));
  const next = (): number => {
    if (key.name === 'down' || isCharacter(key, 'j')) return place + 1;
    if (key.name === 'up' || isCharacter(key, 'k')) return place - 1;
    if (key.name === 'home') return 0;
    return key.name === 'end' ? options.length - 1 : place;
  };
  return { ...dialog, entry: options[Math.min(options.length - 1, Math.max(0, next()))] ?? dialog.entry };
}

/** The first character takes the place of what stood there; a minus is a sign where nothing is typed, and else a step. */
function type(dialog: SetDialog, config: Extract<SettableConfig, { kind: 'number' }>, key: Key): SetDialog {
  const isEmpty = dialog.entry === '';
  if (key.name === 'up' || key.name === 'right' || isCharacter(key, '+')) return stepped(dialog, config, 1);
  const isSign = isEmpty && dialog.isTyped && config.min < 0;
  if (key.name === 'down' || key.name === 'left' || (isCharacter(key, '-') && !isSign))
    return stepped(dialog, config, -1);
  if (key.name === 'backspace') {
    return { ...dialog, entry: dialog.isTyped ? dialog.entry.slice(0, -1) : '', isTyped: true, fault: null };
  }
  if (key.name !== 'character' || key.alt || !/^[-0-9.,]$/.test(key.character)) return dialog;
  const entry = `${dialog.isTyped ? dialog.entry : ''}${key.character}`;
  return entry.length > LONGEST ? dialog : { ...dialog, entry, isTyped: true, fault: null };
}

function stepped(dialog: SetDialog, config: Extract<SettableConfig, { kind: 'number' }>, by: 1 | -1): SetDialog {
  const now = Number(dialog.entry.replace(',', '.'));
  const isKnown = dialog.entry !== '' && Number.isFinite(now);
  const entry = isKnown ? stepFrom(now, by, config) : String(by > 0 ? config.min : config.max);
  return { ...dialog, entry, isTyped: false, fault: null };
}

function isCharacter(key: Key, character: string): boolean {
  return key.name === 'character' && key.character === character;
}
