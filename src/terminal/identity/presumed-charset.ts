import type { Capabilities } from './capabilities.ts';
import { SELECT_DEFAULT_CHARSET, SELECT_UTF8 } from './putty.ts';

/** UTF-8 that was switched on before the terminal has answered whether it needs that. */
export interface PresumedCharset {
  /** Takes it back where the answers say that the terminal is of another kind and in another character set. */
  readonly settle: (found: Pick<Capabilities, 'unicode' | 'switchToUtf8'>) => void;
  /** Takes it back where nothing was answered yet. */
  readonly close: () => void;
}

/**
 * Switches a terminal that may be a PuTTY to UTF-8, so that the first frame is right in one that is set to
 * ISO-8859-1. To be called behind the question for the width of an `é`, which must be answered in the set character
 * set. One that is in UTF-8 already stays in it, and is not switched back: PuTTY would not mind, others might.
 */
export function presumeUtf8(
  { mayBePutty, unicode }: Pick<Capabilities, 'mayBePutty' | 'unicode'>,
  send: (text: string) => void,
): PresumedCharset {
  let isPresumed = mayBePutty && unicode;
  if (isPresumed) send(SELECT_UTF8);
  const takeBack = (): void => {
    if (isPresumed) send(SELECT_DEFAULT_CHARSET);
    isPresumed = false;
  };
  return {
    settle: found => {
      // What has to stay switched is undone by the screen.
      if (found.unicode || found.switchToUtf8) isPresumed = false;
      else takeBack();
    },
    close: takeBack,
  };
}
