import type { World } from '../../app/world.ts';
import { plainStyle, type Role, type Style } from '../../core/format/style.ts';

/** Of the sixteen colours only: every terminal has them, and blue, which is hard to read on black, is left out. */
const codes: Readonly<Record<Role, string>> = { title: '1', good: '32', warning: '33', critical: '1;31', quiet: '2' };

/** Colours for a terminal; none for a pipe, with NO_COLOR (no-color.org), or where the terminal is a dumb one. */
export function styleFor({ stdout, env }: World): Style {
  const isPlain = stdout.isTTY !== true || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return isPlain ? plainStyle : (text, role) => (text === '' ? '' : `\u001b[${codes[role]}m${text}\u001b[0m`);
}
