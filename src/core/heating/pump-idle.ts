import { type AlarmDefinition, condition, type Judgement, lookAlways } from '../alarms/condition.ts';
import { measure, say } from '../alarms/measured.ts';
import { formatDuration } from '../duration.ts';
import type { HomeState } from '../home/state/state.ts';
import { type House, labelOf } from '../house/house.ts';
import { finding, notSo } from './finding.ts';
import { limitsOf, sourceOf } from './limits.ts';
import { noTimeSo, stepTimeSo, type TimeSo, timeSo } from './time-so.ts';

const HOUR_MS = 3_600_000;
/** Water below this, °C, heats no room. */
const WARM = 30;

const COUNTING = { fullMs: Number.MAX_SAFE_INTEGER, notSo: 'breaks' } as const;

/** By what it is known whether there is heat: the burner, else the flow. */
export type HeatSign = { readonly kind: 'burner' | 'flow'; readonly id: string };

/** A pump that moves cold water for days: it costs as much as a lamp that nobody switched off. */
export function idlePump(house: House, pump: string, sign: HeatSign, id: string): AlarmDefinition {
  const { pumpIdleHours } = limitsOf(house.config);
  const enoughMs = pumpIdleHours * HOUR_MS;
  const [moved, heat] = [labelOf(house, pump), labelOf(house, sign.id)];
  return finding({
    id,
    label: `${moved} runs without heat`,
    priority: 'note',
    about: [pump],
    onDelayMs: 0,
    cure: 'Switch it off until heat is wanted; let it run for a minute now and then, so that it does not stick',
    source: sourceOf(house.config, ['pumpIdleHours'], 'a rule of hometui: a pump of 40 W takes 1 kWh a day'),
    condition: condition<TimeSo>({
      looksAt: lookAlways(house, [pump, sign.id]),
      start: state => noTimeSo(state.at),
      step: (time, step) => stepTimeSo(time, step, { was: isIdle(step.after, pump, sign), knownUntil: null }, COUNTING),
      judge: (time, state): Judgement => {
        const idle = isIdle(state, pump, sign);
        if (idle === false) return notSo(null);
        const said = say(state, pump);
        if (said.kind === 'unwatched') return said;
        if (idle === null) return unknownHeat(state, sign);
        const idleMs = timeSo(time, state, COUNTING);
        const value = formatDuration(idleMs);
        if (idleMs < enoughMs) return notSo(value);
        const cold = sign.kind === 'burner' ? `${heat} was not on` : `${heat} stayed below ${WARM} °C`;
        return {
          kind: 'so',
          value,
          detail: `on for ${value} that were watched, and ${cold}; ${pumpIdleHours} h are enough`,
        };
      },
    }),
  });
}

/** Whether the pump moves water that nobody heats; `null` where that is not known. */
function isIdle(state: HomeState, pump: string, sign: HeatSign): boolean | null {
  const said = say(state, pump);
  if (said.kind === 'known' && said.word !== 'on') return false;
  const cold = isCold(state, sign);
  if (cold === false) return false;
  return said.kind === 'unwatched' ? null : cold;
}

function isCold(state: HomeState, { kind, id }: HeatSign): boolean | null {
  if (kind === 'burner') {
    const burns = say(state, id);
    return burns.kind === 'unwatched' ? null : burns.word !== 'on';
  }
  const measured = measure(state, id);
  return measured.kind === 'unwatched' ? null : measured.value < WARM;
}

function unknownHeat(state: HomeState, { kind, id }: HeatSign): Judgement {
  const known = kind === 'burner' ? say(state, id) : measure(state, id);
  return known.kind === 'unwatched' ? known : notSo(null);
}
