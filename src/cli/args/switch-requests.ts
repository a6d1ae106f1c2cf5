import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { Position } from '../../core/home/state/switch.ts';
import type { House } from '../../core/house/house.ts';
import { readTarget, targetsText } from '../../core/house/values/commanded.ts';
import { fail } from '../../core/result.ts';
import { nearestCure } from './named-ids.ts';

/** One switch, or another item that is commanded, and what it is to do. */
export interface SwitchRequest {
  readonly id: string;
  /** A target as `readTarget` gives it; `toggle` is the position that a switch does not stand in once we are connected. */
  readonly target: Position;
}

const CURE = 'Write a switch and on, off or toggle: hometui set pump on, or hometui set pump=on burner=off.';

/** Reads `pump on`, or any number of `pump=on`. Throws a `Failure` (64) that names the nearest switch. */
export function readRequests(operands: readonly string[], house: House): readonly SwitchRequest[] {
  if (operands.length === 0) throw new Failure(ExitCode.usage, 'no switch is named', CURE);
  const [name, target] = operands;
  const isPair = operands.length === 2 && operands.every(operand => !operand.includes('='));
  if (isPair) return [readRequest(name ?? '', target ?? '', house)];
  return operands.map(operand => {
    const equals = operand.indexOf('=');
    if (equals < 0) throw new Failure(ExitCode.usage, `"${cleanText(operand, 60)}" does not say what to do`, CURE);
    return readRequest(operand.slice(0, equals), operand.slice(equals + 1), house);
  });
}

function readRequest(name: string, target: string, house: House): SwitchRequest {
  const ids = [...house.switches.keys()];
  const id = ids.find(candidate => candidate === name) ?? ids.find(it => it.toLowerCase() === name.toLowerCase());
  if (id === undefined) {
    const message = `the house has no switch "${cleanText(name, 60)}"`;
    throw new Failure(ExitCode.usage, message, nearestCure(name, ids));
  }
  const config = house.switches.get(id);
  const isSwitch = config === undefined || config.kind === 'switch';
  if (isSwitch && target.toLowerCase() === 'toggle') return { id, target: 'toggle' };
  const read = config === undefined ? fail('') : readTarget(target, config);
  if (read.ok) return { id, target: read.value };
  const message = `${id} cannot be set to "${cleanText(target, 60)}"`;
  if (config === undefined || isSwitch) throw new Failure(ExitCode.usage, message, CURE);
  throw new Failure(ExitCode.usage, `${message}: ${read.error}`, `${id} takes ${targetsText(config)}.`);
}
