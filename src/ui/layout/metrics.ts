import { decimalsOf, type House } from '../../core/house/house.ts';
import { digitsOf, PRESS } from '../../core/house/values/commanded.ts';
import { textOfWord } from '../../core/house/values/words.ts';
import { textWidth } from '../../core/text-width.ts';

/** How wide the columns of a house's panels have to be: from the house file alone, so that nothing moves later. */
export interface Metrics {
  /** The longest label of an item in a panel. */
  readonly label: number;
  /** Digits before the decimal point, a minus sign included. */
  readonly integer: number;
  /** The decimal point and the digits after it; 0 where no sensor has any. */
  readonly fraction: number;
  readonly unit: number;
  /** The longest word in which something stands: `off` of a switch, an option, one of two words. */
  readonly word: number;
  /** The longest name of a client. */
  readonly client: number;
}

/** What a sensor without a range gets room for, where its values have yet to come. */
const UNKNOWN_RANGE = { min: -99, max: 9_999 };

const cache = new WeakMap<House, Metrics>();

/** The metrics of a house, computed once for it. */
export function metricsOf(house: House): Metrics {
  const known = cache.get(house);
  if (known !== undefined) return known;
  const metrics = measure(house);
  cache.set(house, metrics);
  return metrics;
}

function measure(house: House): Metrics {
  let [label, integer, fraction, unit, client] = [4, 2, 0, 0, 6];
  for (const items of [house.sensors, house.derived, house.words, house.switches]) {
    for (const item of items.values()) label = Math.max(label, textWidth(item.label));
  }
  for (const sensor of house.sensors.values()) {
    const decimals = decimalsOf(sensor);
    const { min, max } = sensor.range ?? UNKNOWN_RANGE;
    integer = Math.max(integer, integerDigits(min), integerDigits(max));
    fraction = Math.max(fraction, decimals === 0 ? 0 : decimals + 1);
    unit = Math.max(unit, textWidth(sensor.unit));
  }
  for (const item of house.switches.values()) {
    if (item.kind !== 'number') continue;
    const digits = digitsOf(item);
    integer = Math.max(integer, integerDigits(item.min), integerDigits(item.max));
    fraction = Math.max(fraction, digits === 0 ? 0 : digits + 1);
    unit = Math.max(unit, textWidth(item.unit));
  }
  for (const item of house.derived.values())
    unit = Math.max(unit, item.kind === 'dew-point' ? 2 : textWidth(item.unit));
  if (house.derived.size > 0) fraction = Math.max(fraction, 2);
  for (const [id, item] of house.clients) client = Math.max(client, textWidth(item.label ?? id));
  const word = Math.min(WORD_MOST, Math.max(WORD_LEAST, ...wordsOf(house).map(textWidth)));
  return {
    label: Math.min(label, 40),
    integer: Math.min(integer, 7),
    fraction,
    unit,
    word,
    client: Math.min(client, 40),
  };
}

/** `off`, and what a longer word is cut to. */
const [WORD_LEAST, WORD_MOST] = [3, 14];
/** What stands for a text of which the house file does not say what it may be. */
const ANY_WORD = 'any text';

/** All words that may stand in the place of on and off. */
function wordsOf(house: House): readonly string[] {
  const commanded = [...house.switches.values()].flatMap(item =>
    item.kind === 'select' ? item.options : item.kind === 'button' ? [PRESS] : [],
  );
  const said = [...house.words.values()].flatMap(item => {
    if (item.kind === 'binary') return [item.words.on, item.words.off];
    if (item.kind === 'counter') return [];
    if (item.words === undefined) return [ANY_WORD];
    return Object.keys(item.words).map(word => textOfWord(word, item));
  });
  return [...commanded, ...said];
}

function integerDigits(value: number): number {
  return String(Math.trunc(value)).length;
}
