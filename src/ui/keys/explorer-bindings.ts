import type { Binding } from './binding.ts';
import type { ExploreAsk } from './intent.ts';

const ask = (
  keys: readonly string[],
  what: ExploreAsk,
  shown: string,
  label: string | null,
  help: string,
): Binding => ({
  ...{ keys, shown, label, help },
  intent: { type: 'explore', ask: what },
  places: ['explorer'],
});

/** The keys of the topic explorer; on its screen nothing is switched, so that they may be those of switches too. */
export const explorerBindings: readonly Binding[] = [
  ask(['enter'], 'open', 'Enter', 'open', 'Among the topics: unfold and fold a branch; show what a topic says'),
  ask(['right'], 'unfold', '→', null, 'Among the topics: unfold and fold a branch; show what a topic says'),
  ask(['left'], 'fold', '←', null, 'Among the topics: unfold and fold a branch; show what a topic says'),
  ask(['*'], 'unfold-all', '*', null, 'Among the topics: unfold all below a branch'),
  ask(['v'], 'show', 'v', 'view', 'Of a topic: its payload with what is new in it, its bytes, its last 100 values'),
  ask([','], 'older', ',', null, 'Of a topic: an older value, or a newer one'),
  ask(['.'], 'newer', '.', null, 'Of a topic: an older value, or a newer one'),
  ask(['m'], 'mark', 'm', null, 'Of a topic: mark a value, and compare with it from now on'),
  ask(['n'], 'number', 'n', null, 'Of a topic: draw the next number in it'),
  ask(['p'], 'publish', 'p', 'publish', 'Of a topic: publish on it; asks before, and says what became of it'),
  ask(['+'], 'add', '+', null, 'Of a topic: add it, or the number that is drawn, to the house file; asks before'),
  ask(['x', 'delete'], 'clear', 'x', null, 'Of a topic or branch: clear what is retained there; lists it, and asks'),
  ask(['/'], 'search', '/', 'search', 'Among the topics: search as you type, or a filter as in home/+/state'),
  ask(['o'], 'changed', 'o', 'changed', 'Among the topics: only what changes from now on'),
  ask([' '], 'freeze', 'Space', 'freeze', 'Among the topics: let the screen stand still, or go on'),
  ask(['$'], 'system', '$', null, "Among the topics: the broker's own, $SYS, too"),
  ask(['a'], 'extent', 'a', null, 'Among the topics: on a busy broker, listen to all or to what is unfolded only'),
];
