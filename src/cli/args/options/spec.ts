import type { CommandName } from '../commands.ts';

/**
 * One option of the command line. The same entry feeds the parser, `--help`, the completions and the man page; the long
 * name is the key in kebab-case.
 */
export interface OptionSpec {
  readonly short?: string;
  /** What its value is called in the help; absent for a flag, which has none. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Bounds of a number, in the unit that the help line names. */
  readonly number?: { readonly min: number; readonly max: number; readonly isWhole: boolean };
  /** It may be given several times or with commas, and the values add up. */
  readonly isList?: true;
  /** The environment variable that stands in for it. */
  readonly env?: string;
  /** What holds without it, in words. */
  readonly fallback?: string;
  /** One line, no full stop. */
  readonly help: string;
  readonly group: 'connection' | 'house' | 'display' | 'command' | 'general';
  readonly commands: readonly CommandName[];
  readonly completes?: 'file';
}

/** The name in code that a long form would have: `dryRun` for `--dry-run`. */
export function nameOfForm(form: string): string {
  return form.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The long form: `--dry-run`. */
export function longForm(name: string): string {
  return `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}
