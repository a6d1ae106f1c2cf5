import { type Binding, go, SCREENS } from './binding.ts';
import type { ScreenAsk } from './intent.ts';

const alarms = {
  ...go('a', 'alarms', 'alarms', 'Alarms: what is wrong, since when, why, and what to do; and what is watched at all'),
  shown: 'a A',
  givesWay: true,
};

/** The keys that lead to alarms and visitors; among the topics the same letters have another meaning. */
export const watchBindings: readonly Binding[] = [
  // There the capital letter acknowledges.
  { ...alarms, keys: ['a', 'A'], places: SCREENS.filter(screen => screen !== 'explorer' && screen !== 'alarms') },
  { ...alarms, label: null, places: ['alarms'] },
  {
    ...go('v', 'visitors', 'visitors', 'Visitors: who rang, and what else happened, by day and time'),
    ...{ keys: ['v', 'V'], shown: 'v V', label: null, givesWay: true },
    places: SCREENS.filter(screen => screen !== 'explorer'),
  },
];

const ask = (key: string, what: ScreenAsk, shown: string, label: string | null, help: string): Binding => ({
  ...{ keys: [key], shown, label, help },
  intent: { type: 'screen', ask: what },
  places: ['alarms'],
});

/** The keys of the alarms; on their screen nothing is switched, so that they may be those of switches too. */
export const alarmBindings: readonly Binding[] = [
  ask('A', 'acknowledge', 'A', 'ack', 'Of an alarm: acknowledge it, so that all know that it was seen'),
  ask('S', 'shelve', 'S', 'shelve', 'Of an alarm: shelve it for a while with a reason, or take it off the shelf'),
  ask('enter', 'open', 'Enter', 'show', 'Of an alarm: all that is known of it, with the chart around the moment'),
  ask('+', 'longer', '+', null, 'On a chart: a longer or shorter time, 10 min to all'),
  ask('-', 'shorter', '-', null, 'On a chart: a longer or shorter time, 10 min to all'),
];
