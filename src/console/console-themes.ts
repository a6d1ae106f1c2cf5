import type { Issue } from '../core/issue.ts';
import type { Theme } from '../ui/theme/theme.ts';
import { themeNames, themeOf } from '../ui/theme/themes.ts';

/** The themes of a console, and the one that it begins with. */
export interface ChosenThemes {
  readonly name: string;
  readonly themes: readonly Theme[];
  readonly issues: readonly Issue[];
}

/** The theme that is wanted, among those that come with hometui. */
export function chooseThemes(wanted: string | Theme): ChosenThemes {
  const builtIn = themeNames.map(name => themeOf(name).theme);
  if (typeof wanted !== 'string') {
    const isKnown = builtIn.some(theme => theme.name === wanted.name);
    const themes = isKnown ? builtIn.map(theme => (theme.name === wanted.name ? wanted : theme)) : [...builtIn, wanted];
    return { name: wanted.name, themes, issues: [] };
  }
  const { theme, issues } = themeOf(wanted);
  return { name: theme.name, themes: builtIn, issues };
}
