import { assertNever } from '../../assert-never.ts';
import { cleanText } from '../../clean-text.ts';
import { decodeMeasured, rawNumber } from '../../mqtt/measured-number.ts';
import { decodeField, decodeNumber, decodePosition, inQuotes, type PositionFault } from '../../mqtt/payload.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { CommandedConfig } from '../house.ts';
import type { NumberConfig, SelectConfig } from '../schema.ts';

/**
 * The values of what is commanded, as text: `on` and `off` of a switch, the number of a set-point (`21.5`), an option of a
 * selection, `press` of a button. A target that is told and a feedback that is read are the same text where they agree.
 */

/** The only value of a button. */
export const PRESS = 'press';

/** A set-point that is this part of a step away from one of its values is that value: devices round. */
const ROUNDING = 0.01;

/** What is published so that the item comes to stand at `target`: the device's word for it, in its template. */
export function commandPayload(config: CommandedConfig, target: string): string {
  const word = wordOf(config, target);
  const template = config.kind === 'button' ? undefined : config.template;
  if (template === undefined) return word;
  const isJson = /^\s*[[{]/.test(template);
  const inside = isJson ? JSON.stringify(word).slice(1, -1) : word;
  return template.replace(/%[%s]/g, sign => (sign === '%s' ? inside : '%'));
}

function wordOf(config: CommandedConfig, target: string): string {
  switch (config.kind) {
    case 'switch':
      return target === 'on' ? config.on : config.off;
    case 'number':
      return String(rawNumber(Number(target), config));
    case 'select':
      return payloadOfOption(config, target);
    case 'button':
      return config.payload;
    default:
      return assertNever(config);
  }
}

function payloadOfOption({ payloads = {} }: SelectConfig, option: string): string {
  return Object.hasOwn(payloads, option) ? (payloads[option] ?? option) : option;
}

/** Where the item stands by its feedback; `null` for feedback of a button that says something else. */
export function readFeedback(payload: Uint8Array, config: CommandedConfig): Result<string | null, PositionFault> {
  switch (config.kind) {
    case 'switch':
      return decodePosition(payload, config);
    case 'number': {
      const value = decodeMeasured(payload, config);
      return value.ok ? ok(numberText(value.value, config)) : fail({ reason: value.error, word: null });
    }
    case 'select':
    case 'button': {
      const field = decodeField(payload, config.path);
      if (!field.ok) return fail({ reason: field.error, word: null });
      if (config.kind === 'button')
        return ok(config.answer === undefined || field.value === config.answer ? PRESS : null);
      const option = optionOf(field.value, config);
      if (option !== null) return ok(option);
      const word = cleanText(field.value, 24);
      return fail({ reason: `${inQuotes(word)} is ${notAmong(config)}`, word });
    }
    default:
      return assertNever(config);
  }
}

/** What a message on the command topic asks for; `null` where nobody can tell. */
export function readCommand(payload: Uint8Array, config: CommandedConfig): string | null {
  const text = new TextDecoder().decode(payload);
  const known = knownTargets(config).find(target => commandPayload(config, target) === text);
  if (known !== undefined) return known;
  if (config.kind === 'switch' && config.template === undefined) {
    // The path and the answers of the house file are about feedback.
    const position = decodePosition(payload, { on: config.on, off: config.off });
    return position.ok ? position.value : null;
  }
  if (config.kind !== 'number') return null;
  const { path: _, ...form } = config;
  const [before = '', behind = ''] = (config.template ?? '%s').split('%s').map(part => part.replaceAll('%%', '%'));
  if (!text.startsWith(before) || !text.endsWith(behind)) return null;
  const inside = new TextEncoder().encode(text.slice(before.length, text.length - behind.length));
  const value = decodeMeasured(inside, form);
  return value.ok ? numberText(value.value, config) : null;
}

/** All that it can be told; none of a set-point, which has too many. */
function knownTargets(config: CommandedConfig): readonly string[] {
  switch (config.kind) {
    case 'switch':
      return ['on', 'off'];
    case 'select':
      return config.options;
    case 'button':
      return [PRESS];
    case 'number':
      return [];
    default:
      return assertNever(config);
  }
}

/** The target that a person's word means, or why it is none: a clause that begins with the word. */
export function readTarget(word: string, config: CommandedConfig): Result<string, string> {
  if (config.kind === 'number') return readNumber(word, config);
  const targets = knownTargets(config);
  const target = targets.find(it => it === word) ?? targets.find(it => it.toLowerCase() === word.toLowerCase());
  if (target !== undefined) return ok(target);
  return fail(`${inQuotes(cleanText(word, 60))} is ${notAmong(config)}`);
}

function readNumber(word: string, config: NumberConfig): Result<string, string> {
  const { unit, min, max, step = 1 } = config;
  const value = decodeNumber(new TextEncoder().encode(word), unit);
  if (!value.ok) return fail(word.trim() === '' ? 'nothing is typed' : value.error);
  const said = withUnit(String(value.value), unit);
  if (value.value < min) return fail(`${said} is less than the ${withUnit(String(min), unit)} that it goes down to`);
  if (value.value > max) return fail(`${said} is more than the ${withUnit(String(max), unit)} that it goes up to`);
  const nearest = nearestStep(value.value, config);
  if (Math.abs(nearest - value.value) <= step * ROUNDING) return ok(plainNumber(nearest));
  return fail(
    `${said} is between its steps of ${withUnit(String(step), unit)}: ${withUnit(plainNumber(nearest), unit)} is near`,
  );
}

/** The next value of a set-point up or down from a number, within its limits. */
export function stepFrom(value: number, by: 1 | -1, config: NumberConfig): string {
  const { min, max, step = 1 } = config;
  const place = (value - min) / step;
  const steps = by > 0 ? Math.floor(place + ROUNDING) + 1 : Math.ceil(place - ROUNDING) - 1;
  const most = Math.floor((max - min) / step + ROUNDING);
  return plainNumber(min + Math.min(most, Math.max(0, steps)) * step);
}

/** A value as people are told it: a number with its digits and unit, all else as it is. */
export function valueText(value: string, config: CommandedConfig | undefined): string {
  if (config?.kind !== 'number') return value;
  return withUnit(Number(value).toFixed(Math.max(digitsOf(config), decimalsIn(value))), config.unit);
}

/** Digits behind the point that a set-point is shown with: those of its step where the house file does not say. */
export function digitsOf({ decimals, step = 1, min }: NumberConfig): number {
  return decimals ?? Math.min(3, Math.max(decimalsIn(plainNumber(step)), decimalsIn(plainNumber(min))));
}

/** What it can be told, in words: `on or off`, `5 to 30 °C in steps of 0.5`. */
export function targetsText(config: CommandedConfig): string {
  if (config.kind === 'number') {
    const { min, max, unit, step = 1 } = config;
    return `${min} to ${withUnit(String(max), unit)} in steps of ${step}`;
  }
  const [last = '', ...others] = [...knownTargets(config)].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
}

function notAmong(config: CommandedConfig): string {
  if (config.kind === 'switch') return 'neither on nor off';
  return config.kind === 'select'
    ? `none of ${cleanText(config.options.join(', '), 60)}`
    : `not ${targetsText(config)}`;
}

function optionOf(word: string, config: SelectConfig): string | null {
  const { options } = config;
  const folded = word.toLowerCase();
  return (
    options.find(option => payloadOfOption(config, option) === word) ??
    options.find(
      option => option.toLowerCase() === folded || payloadOfOption(config, option).toLowerCase() === folded,
    ) ??
    null
  );
}

/** A number as the text that targets are compared by: on the step that it is meant for, else as it is. */
function numberText(value: number, config: NumberConfig): string {
  const nearest = nearestStep(value, config);
  return plainNumber(Math.abs(nearest - value) <= (config.step ?? 1) * ROUNDING ? nearest : value);
}

function nearestStep(value: number, { min, step = 1 }: NumberConfig): number {
  return min + Math.round((value - min) / step) * step;
}

function plainNumber(value: number): string {
  return String(Number(value.toFixed(6)));
}

function decimalsIn(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

function withUnit(number: string, unit: string): string {
  return unit === '' ? number : `${number} ${unit}`;
}
