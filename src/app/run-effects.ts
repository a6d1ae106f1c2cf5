import type { Effect } from '../core/home/state/effect.ts';
import type { MqttLink } from '../io/mqtt-link/mqtt-link.ts';

/** The one interpreter of effects: each goes to the link, which answers with events. */
export interface EffectRunner {
  readonly run: (effects: readonly Effect[]) => void;
  /** Says which link; what was asked for before is forgotten, for a command is never sent late. */
  readonly use: (link: Pick<MqttLink, 'perform'>) => void;
}

/** Makes the interpreter. The store needs it before there is a link, since the link needs the store. */
export function createEffectRunner(): EffectRunner {
  let link: Pick<MqttLink, 'perform'> | null = null;
  return {
    run: effects => {
      for (const effect of effects) link?.perform(effect);
    },
    use: given => {
      link = given;
    },
  };
}
