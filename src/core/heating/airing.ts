import { type AlarmDefinition, condition, type Judgement, lookAlways, lookAt } from '../alarms/condition.ts';
import { say, type Unknown } from '../alarms/measured.ts';
import { dewPoint } from '../home/readings/derived.ts';
import { formatValue } from '../home/readings/value-text.ts';
import type { HomeState } from '../home/state/state.ts';
import { type House, labelOf } from '../house/house.ts';
import { finding, measureAll, notSo, stands } from './finding.ts';
import { limitsOf, sourceOf } from './limits.ts';
import { absoluteHumidity } from './moist-air.ts';
import type { Air } from './moisture.ts';

/** Colder than this, °C, no room is aired; and none that is drier than this, %. */
const COLDEST = 10;
const DRY = 60;
/** By so much, K, the dew point outside must be lower again before airing makes nothing wetter. */
const DRIER = 1;
/** What ends by itself in a minute is no advice. */
const ADVICE_MS = 10 * 60_000;

/** The air inside and outside. */
export interface Airs {
  readonly inside: Pick<Air, 'temperature' | 'humidity'>;
  readonly outside: Pick<Air, 'temperature' | 'humidity'>;
}

interface Compared {
  readonly kind: 'known';
  /** By how much the dew point is lower outside, K. */
  readonly gain: number;
  readonly temperature: number;
  readonly humidity: number;
  /** Both dew points and how much water is in the air, in words. */
  readonly text: string;
  readonly againAt: number | null;
}

function compare(state: HomeState, { inside, outside }: Airs): Compared | Unknown {
  const ids = [inside.temperature, inside.humidity, outside.temperature, outside.humidity];
  const measured = measureAll(state, ids);
  if (measured.kind === 'unwatched') return measured;
  const [inTemperature = 0, inHumidity = 0, outTemperature = 0, outHumidity = 0] = measured.values.map(
    one => one.value,
  );
  const [dewIn, dewOut] = [dewPoint(inTemperature, inHumidity), dewPoint(outTemperature, outHumidity)];
  if (dewIn === null || dewOut === null) return { kind: 'unwatched', why: 'a dew point cannot be computed' };
  const [waterIn, waterOut] = [
    absoluteHumidity(inTemperature, inHumidity),
    absoluteHumidity(outTemperature, outHumidity),
  ].map(grams => `${grams.toFixed(1)} g/m³`);
  const text = `dew point ${formatValue(dewIn, '°C')} inside and ${formatValue(dewOut, '°C')} outside, ${waterIn} of water and ${waterOut}`;
  const { againAt } = measured;
  return { kind: 'known', gain: dewIn - dewOut, temperature: inTemperature, humidity: inHumidity, text, againAt };
}

/** That airing dries the room: advice, and nothing is ever switched for it. */
export function airingDries(house: House, airs: Airs, fan: string | null): AlarmDefinition {
  const { airingFrom, airingUntil } = limitsOf(house.config);
  const { inside, outside } = airs;
  return finding({
    id: `${inside.humidity}-airing`,
    label: `Airing dries: ${labelOf(house, inside.humidity)}`,
    priority: 'note',
    about: [inside.humidity, inside.temperature],
    onDelayMs: ADVICE_MS,
    offDelayMs: ADVICE_MS,
    ...(fan === null ? { cure: 'Open the window or start the fan' } : {}),
    source: sourceOf(
      house.config,
      ['airingFrom', 'airingUntil'],
      'dew point ventilation: worth it from 3 K of difference on, and until 1 K',
    ),
    condition: condition({
      looksAt: lookAt(house, [
        ...[inside.temperature, inside.humidity, outside.temperature, outside.humidity],
        ...(fan === null ? [] : [fan]),
      ]),
      start: () => null,
      judge: (_, state, isRaised): Judgement => {
        const compared = compare(state, airs);
        if (compared.kind === 'unwatched') return compared;
        const { gain, text, againAt } = compared;
        const value = formatValue(gain, 'K');
        const isWorthIt = isRaised ? gain > airingUntil : gain >= airingFrom;
        const isWanted = compared.temperature >= COLDEST && compared.humidity > DRY;
        if (!isWorthIt || !isWanted) return notSo(value, againAt);
        const enough =
          gain >= airingFrom ? `${airingFrom} K of difference are enough` : `it is over at ${airingUntil} K`;
        const cure = fan === null ? {} : { cure: fanCure(state, fan) };
        return { kind: 'so', value, detail: `${text}; ${enough}`, ...cure, againAt };
      },
    }),
  });
}

/** What is to be done depends on where the fan stands. */
function fanCure(state: HomeState, fan: string): string {
  const label = labelOf(state.house, fan);
  const said = say(state, fan);
  if (said.kind === 'unwatched') return `Switch ${label} on, if it is not`;
  return said.word === 'on' ? `Leave ${label} on` : `Switch ${label} on`;
}

/** A fan that brings in more water than it takes out. */
export function airingWets(house: House, airs: Airs, fan: string): AlarmDefinition {
  const { inside, outside } = airs;
  return finding({
    id: `${inside.humidity}-airing-wets`,
    label: `${labelOf(house, fan)} makes it wetter`,
    priority: 'warning',
    about: [fan, inside.humidity],
    onDelayMs: ADVICE_MS,
    cure: `Switch ${labelOf(house, fan)} off until the air outside is drier`,
    source: 'dew point ventilation: air whose dew point is no lower brings no less water in than it takes out',
    condition: condition({
      looksAt: lookAlways(house, [fan, inside.temperature, inside.humidity, outside.temperature, outside.humidity]),
      start: () => null,
      judge: (_, state, isRaised): Judgement => {
        if (stands(state, fan, 'off')) return notSo(null);
        const said = say(state, fan);
        if (said.kind === 'unwatched') return said;
        const compared = compare(state, airs);
        if (compared.kind === 'unwatched') return compared;
        const { gain, text, againAt } = compared;
        const value = formatValue(gain, 'K');
        if (gain > (isRaised ? DRIER : 0)) return notSo(value, againAt);
        const held = gain > 0 ? `; it is over from more than ${DRIER} K of difference on` : '';
        return { kind: 'so', value, detail: `${text}, and ${labelOf(house, fan)} says ${said.text}${held}`, againAt };
      },
    }),
  });
}
