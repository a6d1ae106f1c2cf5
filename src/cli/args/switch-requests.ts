import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { Position } from '../../core/home/state/switch.ts';
import type { House } from '../../core/house/house.ts';
import { nearestCure } from './named-ids.ts';

/** One switch and what it is to do. */
export interface SwitchRequest {
  readonly id: string;
  /** `toggle` is the position that it does not stand in once we are connected. */
  readonly target: Position | 'toggle';
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
  const word = target.toLowerCase();
  if (word === 'on' || word === 'off' || word === 'toggle') return { id, target: word };
  throw new Failure(ExitCode.usage, `${id} cannot be set to "${cleanText(target, 60)}"`, CURE);
}
