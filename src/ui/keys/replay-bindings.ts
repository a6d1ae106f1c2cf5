import { type Binding, SCREENS } from './binding.ts';
import type { Intent, ReplayAsk } from './intent.ts';
import { shownKey } from './key-hints.ts';

const ask = (keys: readonly string[], what: ReplayAsk, shown: string, label: string | null, help: string): Binding => ({
  ...{ keys, shown, label, help },
  intent: { type: 'replay', ask: what },
  places: SCREENS,
});

/** The keys of a replay; no letter that a house gives to a switch but those that have another sign beside them. */
const replayBindings: readonly Binding[] = [
  ask([' '], 'pause', 'Space', 'pause', 'Stop, or go on'),
  ask([';', 'n'], 'next-event', '; n', 'next', 'Go on to the next thing that happened'),
  ask(['!'], 'next-alarm', '!', 'alarm', 'Go on to the next denial, warning or alarm'),
  ask([']'], 'faster', ']', 'faster', 'Faster or slower'),
  ask(['['], 'slower', '[', 'slower', 'Faster or slower'),
  ask(['@', 'g'], 'go-to', '@ g', 'go to', 'Go to a moment: yesterday 03:00, 2 h ago, 2026-11-28 03:00'),
  ask(['q', 'H'], 'end', 'q H', 'end', 'End the replay'),
];

/** The keys as they are while the past is shown: those that switch can only say why they do not. */
export function inReplay(bindings: readonly Binding[]): readonly Binding[] {
  const taken = new Set(replayBindings.flatMap(({ keys }) => keys));
  const others = bindings.flatMap((given): Binding[] => {
    const keys = given.keys.filter(key => !taken.has(key));
    const binding = keys.length === given.keys.length ? given : { ...given, shown: shownWithout(given, keys, taken) };
    // Of a right that was missing then nobody knows whether it is missing now.
    const isOfNow = ['toggle-focused', 'adjust', 'allow', 'explore'].includes(binding.intent.type);
    if (keys.length === 0 || isOfNow) return [];
    if (isAct(binding.intent))
      return [{ ...binding, keys, label: null, help: 'Of an alarm: in a replay it does nothing' }];
    if (binding.intent.type === 'go' && binding.intent.screen === 'explorer')
      return [{ ...binding, keys, label: null, help: 'Topics: in a replay there is no link to hear them by' }];
    if (binding.intent.type !== 'toggle') return [{ ...binding, keys }];
    return [{ ...binding, keys, label: null, help: 'A switch of the house: in a replay it does nothing' }];
  });
  return [...replayBindings, ...others];
}

/** How the keys that are left are written: as before, or where none of those had been named, by their names. */
function shownWithout({ shown }: Binding, left: readonly string[], taken: ReadonlySet<string>): string {
  const named = shown.split(' ').filter(key => !taken.has(key));
  return (named.length > 0 ? named : left.map(shownKey)).join(' ');
}

/** What changes an alarm for all: of one of then nothing can be changed. */
const isAct = (intent: Intent): boolean =>
  intent.type === 'screen' && (intent.ask === 'acknowledge' || intent.ask === 'shelve');
