import ansi16 from '../../../themes/ansi-16.json' with { type: 'json' };
import dark from '../../../themes/dark.json' with { type: 'json' };
import highContrast from '../../../themes/high-contrast.json' with { type: 'json' };
import light from '../../../themes/light.json' with { type: 'json' };
import night from '../../../themes/night.json' with { type: 'json' };
import noColor from '../../../themes/no-color.json' with { type: 'json' };
import type { Issue } from '../../core/issue.ts';
import { makeTheme, type Theme } from './theme.ts';

/** As their files are: a test holds each of them against the schema. */
const sources: Readonly<
  Record<string, { readonly name: string; readonly description: string; readonly styles: object }>
> = {
  dark,
  light,
  night,
  'high-contrast': highContrast,
  'ansi-16': ansi16,
  'no-color': noColor,
};

/** The themes that come with hometui, in the order of their list. */
export const themeNames: readonly string[] = Object.keys(sources);

/** The theme where none is named and the terminal has colours. */
export const DEFAULT_THEME = 'dark';

/** The theme where there are no colours (NO_COLOR, a terminal of one bit). */
export const COLORLESS_THEME = 'no-color';

/** A theme to draw with, and what was wrong with the one that was asked for. */
export interface LoadedTheme {
  readonly theme: Theme;
  readonly issues: readonly Issue[];
}

/** The theme of a name; an unknown name gives the default one and an issue that says so. */
export function themeOf(name: string): LoadedTheme {
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (source !== undefined) return { theme: makeTheme(source.name, source.description, source.styles), issues: [] };
  const cure = `Use one of: ${themeNames.join(', ')}.`;
  const issue: Issue = { severity: 'warning', message: `there is no theme "${name}"; ${DEFAULT_THEME} is used`, cure };
  return { theme: themeOf(DEFAULT_THEME).theme, issues: [issue] };
}
