import type { Effect } from '../core/home/state/effect.ts';
import type { MqttLink } from '../io/mqtt-link/mqtt-link.ts';
import type { Seals } from './sealed/seals.ts';

/** The one interpreter of effects: each goes to the link, which answers with events. */
export interface EffectRunner {
  readonly run: (effects: readonly Effect[]) => void;
  /** Says which link; what was asked for before is forgotten, for a command is never sent late. */
  readonly use: (link: Pick<MqttLink, 'perform'>) => void;
}

/**
 * Makes the interpreter. The store needs it before there is a link, since the link needs the store. `onUnsealable` is called
 * with a command that is to be sealed and has no key.
 */
export function createEffectRunner(seals: () => Seals | null, onUnsealable: (commandId: number) => void): EffectRunner {
  let link: Pick<MqttLink, 'perform'> | null = null;
  const perform = (effect: Effect): void => {
    if (effect.type !== 'publish-command' || effect.seal === undefined) {
      link?.perform(effect);
      return;
    }
    const sealed = seals()?.seal(effect) ?? null;
    if (sealed === null) onUnsealable(effect.commandId);
    else link?.perform(sealed);
  };
  return {
    run: effects => {
      for (const effect of effects) perform(effect);
    },
    use: given => {
      link = given;
    },
  };
}
