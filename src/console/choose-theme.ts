import type { Issue } from '../core/issue.ts';
import { readTextFile } from '../io/files/text-file.ts';
import type { LoadedTheme } from '../ui/theme/themes.ts';

/** The themes of the drawing part, handed in by the two commands that may load it. */
export interface ThemeShelf {
  readonly themeOf: (name: string) => LoadedTheme;
  readonly DEFAULT_THEME: string;
  readonly COLORLESS_THEME: string;
}

/** A theme by its name, or from a file where a path is given; without either, what suits the terminal. */
export async function chooseTheme(
  wanted: string | undefined,
  hasColors: boolean,
  shelf: ThemeShelf,
): Promise<LoadedTheme> {
  if (wanted === undefined) return shelf.themeOf(hasColors ? shelf.DEFAULT_THEME : shelf.COLORLESS_THEME);
  return /[/\\]|\.json$/.test(wanted) ? readTheme(wanted, shelf) : shelf.themeOf(wanted);
}

async function readTheme(file: string, shelf: ThemeShelf): Promise<LoadedTheme> {
  const text = readTextFile(file);
  if (!text.ok) return fallBack(file, `the theme cannot be read: ${text.error.why}`, shelf);
  let json: unknown;
  try {
    json = JSON.parse(text.value);
  } catch {
    return fallBack(file, 'the theme is not JSON', shelf);
  }
  // The schema library is loaded for a file only: our own themes are checked when hometui is built.
  return (await import('../ui/theme/parse-theme.ts')).parseTheme(json, file);
}

function fallBack(file: string, message: string, shelf: ThemeShelf): LoadedTheme {
  const { theme } = shelf.themeOf(shelf.DEFAULT_THEME);
  const cure = `${shelf.DEFAULT_THEME} is used; name another with --theme.`;
  const issue: Issue = { severity: 'warning', message, place: { file }, cure };
  return { theme, issues: [issue] };
}
