import { maskAddress } from '../../core/mask-secrets.ts';
import { shownWord } from '../../core/to-copy.ts';
import { type Flags, longForm, type OptionName, placeNames } from './options.ts';

/**
 * The options by which a command line said which house and broker it means, each with a blank before it: what is advised
 * to be typed next means the same ones by them. A password is not among them.
 */
export function placeWords(flags: Flags, without: readonly OptionName[] = []): string {
  const named = placeNames.filter(name => name !== 'password' && !without.includes(name));
  const words = named.flatMap(name => {
    const value = flags[name];
    if (value === undefined) return [];
    if (value === true) return [longForm(name)];
    const text = maskAddress(String(value));
    return [`${longForm(name)}${text.startsWith('-') ? '=' : ' '}${shownWord(text)}`];
  });
  return words.map(word => ` ${word}`).join('');
}
