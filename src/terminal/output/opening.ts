import type { Capabilities } from '../identity/capabilities.ts';
import { presumeUtf8 } from '../identity/presumed-charset.ts';
import { questionsFor } from '../identity/probe.ts';
import { openScreen } from './screen.ts';

/** What takes a terminal before anything is painted on it, in one piece, and what gives it back right after. */
export function openingOf(
  capabilities: Capabilities,
  term: string,
): { readonly opening: string; readonly closing: string } {
  const sent: string[] = [];
  const send = (text: string): void => void sent.push(text);
  const screen = openScreen({ capabilities, send });
  send(questionsFor(term));
  const charset = presumeUtf8(capabilities, send);
  const opening = sent.splice(0).join('');
  screen.leave();
  charset.close();
  return { opening, closing: sent.join('') };
}
