import { type AlarmDefinition, condition, type Judgement, lookAt } from '../alarms/condition.ts';
import { measure, type Unknown } from '../alarms/measured.ts';
import { dewPoint } from '../home/readings/derived.ts';
import { formatValue } from '../home/readings/value-text.ts';
import type { HomeState } from '../home/state/state.ts';
import { type House, labelOf } from '../house/house.ts';
import { finding, measureAll, notSo } from './finding.ts';
import { limitsOf, sourceOf } from './limits.ts';
import { coldestCorner, humidityAt } from './moist-air.ts';
import { noTimeSo, stepTimeSo, type TimeSo, timeSo } from './time-so.ts';

const HOUR_MS = 3_600_000;

/** The air of a room, and the wall that is known of it: by a sensor on it, or by how cold it is outside; none of a cellar. */
export interface Air {
  readonly temperature: string;
  readonly humidity: string;
  readonly wall: { readonly kind: 'measured' | 'outside'; readonly id: string } | null;
}

/** What is measured at the coldest wall. */
interface AtWall {
  readonly kind: 'known';
  readonly temperature: number;
  readonly humidity: number;
  readonly wall: number;
  readonly againAt: number | null;
}

type Wall = NonNullable<Air['wall']>;

function atWall(state: HomeState, air: Air, wall: Wall): AtWall | Unknown {
  const measured = measureAll(state, [air.temperature, air.humidity, wall.id]);
  if (measured.kind === 'unwatched') return measured;
  const [temperature = 0, humidity = 0, other = 0] = measured.values.map(({ value }) => value);
  const surface = wall.kind === 'measured' ? other : coldestCorner(temperature, other);
  return { kind: 'known', temperature, humidity, wall: surface, againAt: measured.againAt };
}

/** What is said of the temperature of the wall: one that nobody measures is what a house may have that is built right. */
function wallText({ kind }: Wall, temperature: number): string {
  return kind === 'measured'
    ? `the wall of ${formatValue(temperature, '°C')}`
    : `a corner of ${formatValue(temperature, '°C')}, as cold as DIN 4108-2 allows it`;
}

/** Time that was not mouldy takes that away which was; after this much of it, ms, it is over. */
const DRY_AGAIN_MS = HOUR_MS;

/** Hours of 80 % and more at the coldest wall: from then on mould grows. */
export function mould(house: House, air: Air, wall: Wall): AlarmDefinition {
  const { mouldHumidity, mouldHours } = limitsOf(house.config);
  const counting = { fullMs: mouldHours * HOUR_MS, notSo: 'empties' } as const;
  const humidityThere = (state: HomeState) => {
    const there = atWall(state, air, wall);
    return there.kind === 'unwatched'
      ? there
      : { ...there, share: humidityAt(there.wall, there.temperature, there.humidity) };
  };
  return finding({
    id: `${air.temperature}-mould`,
    label: `Mould may grow: ${labelOf(house, air.humidity)} at the coldest wall`,
    priority: 'warning',
    about: [air.humidity, air.temperature],
    onDelayMs: 0,
    cure: 'Air the room while it is colder outside, heat it a little, and keep furniture off that wall',
    source: sourceOf(
      house.config,
      ['mouldHumidity', 'mouldHours'],
      'DIN 4108-2: mould grows where air of 80 % touches a surface for long',
    ),
    condition: condition<TimeSo>({
      looksAt: lookAt(house, [air.temperature, air.humidity, wall.id]),
      start: state => noTimeSo(state.at),
      step: (time, step) => {
        const there = humidityThere(step.after);
        const isKnown = there.kind === 'known';
        const look = {
          was: isKnown ? there.share >= mouldHumidity : null,
          knownUntil: isKnown ? there.againAt : null,
        };
        return stepTimeSo(time, step, look, counting);
      },
      judge: (time, state, isRaised): Judgement => {
        const there = humidityThere(state);
        if (there.kind === 'unwatched') return there;
        const value = `${there.share.toFixed(1)} %`;
        const soMs = timeSo(time, state, counting);
        if (soMs < counting.fullMs - (isRaised ? DRY_AGAIN_MS : 0)) return notSo(value, there.againAt);
        const detail = `${value} at ${wallText(wall, there.wall)}; ${mouldHours} h of ${mouldHumidity} % and more, drier time taken off`;
        return { kind: 'so', value, detail, againAt: there.againAt };
      },
    }),
  });
}

/** Damp air where nothing is known of the walls. */
export function damp(house: House, { temperature, humidity }: Air): AlarmDefinition {
  const { dampHumidity, dampHours } = limitsOf(house.config);
  const counting = { fullMs: dampHours * HOUR_MS, notSo: 'empties' } as const;
  return finding({
    id: `${humidity}-damp`,
    label: `${labelOf(house, humidity)} ${dampHumidity} % and more for ${dampHours} h`,
    priority: 'note',
    about: [humidity, temperature],
    onDelayMs: 0,
    cure: 'Air while it is colder outside; a sensor on the coldest wall, with the role wall, tells whether mould may grow',
    source: sourceOf(
      house.config,
      ['dampHumidity', 'dampHours'],
      'DIN 4108-2 by a rule of thumb: from 70 % on a wall that is 2 K colder has 80 %',
    ),
    condition: condition<TimeSo>({
      looksAt: lookAt(house, [humidity]),
      start: state => noTimeSo(state.at),
      step: (time, step) => {
        const measured = measure(step.after, humidity);
        const isKnown = measured.kind === 'known';
        const look = {
          was: isKnown ? measured.value >= dampHumidity : null,
          knownUntil: isKnown ? measured.againAt : null,
        };
        return stepTimeSo(time, step, look, counting);
      },
      judge: (time, state, isRaised): Judgement => {
        const measured = measure(state, humidity);
        if (measured.kind === 'unwatched') return measured;
        const value = measured.text;
        const soMs = timeSo(time, state, counting);
        if (soMs < counting.fullMs - (isRaised ? DRY_AGAIN_MS : 0)) return notSo(value, measured.againAt);
        const detail = `${value} now; ${dampHours} h of ${dampHumidity} % and more, drier time taken off`;
        return { kind: 'so', value, detail, againAt: measured.againAt };
      },
    }),
  });
}

/** So near, K, the dew point may not come to the wall, and so far it must be before it is over. */
const DEW_NEAR = 1;
const DEW_FAR = 2;

/** Water on the coldest wall, now or soon. */
export function condensation(house: House, air: Air, wall: Wall): AlarmDefinition {
  return finding({
    id: `${air.temperature}-condensation`,
    label: 'Water may stand on the coldest wall',
    // What is only computed raises nobody from bed.
    priority: wall.kind === 'measured' ? 'alarm' : 'warning',
    about: [air.temperature, air.humidity, ...(wall.kind === 'measured' ? [wall.id] : [])],
    cure: 'Air the room if it is colder outside, or heat it; wipe the wall dry',
    source: 'by definition: air gives off water where it is cooled to its dew point, here with 1 K to spare',
    condition: condition({
      looksAt: lookAt(house, [air.temperature, air.humidity, wall.id]),
      start: () => null,
      judge: (_, state, isRaised): Judgement => {
        const there = atWall(state, air, wall);
        if (there.kind === 'unwatched') return there;
        const { againAt } = there;
        const dew = dewPoint(there.temperature, there.humidity);
        if (dew === null) return { kind: 'unwatched', why: 'the dew point cannot be computed', againAt };
        const value = `dew point ${formatValue(dew, '°C')}`;
        const apart = there.wall - dew;
        if (apart > (isRaised ? DEW_FAR : DEW_NEAR)) return notSo(value, againAt);
        const held = apart > DEW_NEAR ? `, and it is over from more than ${DEW_FAR} K on` : '';
        const detail = `${value}, at ${wallText(wall, there.wall)}; they may not come nearer than ${DEW_NEAR} K${held}`;
        return { kind: 'so', value, detail, againAt };
      },
    }),
  });
}
