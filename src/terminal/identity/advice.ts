import type { Issue } from '../../core/issue.ts';
import type { Capabilities } from './capabilities.ts';

type Known = Pick<
  Capabilities,
  'kind' | 'canDrawScreen' | 'colors' | 'unicode' | 'glyphs' | 'switchToUtf8' | 'reasons'
>;

/** What the user can set to see more; empty when nothing is missing. */
export function adviceFor(capabilities: Known): readonly Issue[] {
  return [cursorAdvice, charsetAdvice, glyphAdvice, colorAdvice].flatMap(advise => advise(capabilities) ?? []);
}

const becauseOf = ({ reasons }: Known, what: string): string =>
  reasons.find(reason => reason.what === what)?.because ?? '';

function cursorAdvice(capabilities: Known): Issue | null {
  if (capabilities.canDrawScreen) return null;
  return {
    severity: 'warning',
    message: `The console cannot be drawn here: ${becauseOf(capabilities, 'kind')}.`,
    cure: 'Run it in a terminal with TERM set to its kind (xterm for PuTTY), or use hometui status and hometui watch.',
  };
}

function charsetAdvice(capabilities: Known): Issue | null {
  const because = becauseOf(capabilities, 'character set');
  if (capabilities.switchToUtf8) {
    return {
      severity: 'info',
      message: `PuTTY is set to an 8-bit character set and is switched to UTF-8 while hometui runs: ${because}.`,
      cure: 'Set Window > Translation > Remote character set to UTF-8 in PuTTY, then nothing has to be switched.',
    };
  }
  if (capabilities.unicode || !capabilities.reasons.some(({ value }) => value === 'not UTF-8')) return null;
  return {
    severity: 'warning',
    message: `The terminal does not take UTF-8, so everything is drawn in ASCII: ${because}.`,
    cure: "Set the terminal's character set to UTF-8; if it is UTF-8 already, use --glyphs wgl4.",
  };
}

function glyphAdvice({ kind, glyphs }: Known): Issue | null {
  if (kind !== 'putty' || glyphs !== 'wgl4') return null;
  return {
    severity: 'info',
    message: 'Frames are square and sparklines have three levels, since usual fonts on Windows have no more.',
    cure:
      'If the row "full" of the test picture shows no empty boxes, use --glyphs full; if it does, choose DejaVu Sans Mono ' +
      'or Cascadia Mono in Window > Appearance > Font settings.',
  };
}

function colorAdvice(capabilities: Known): Issue | null {
  if (capabilities.colors !== 4 || capabilities.kind === 'linux') return null;
  const because = becauseOf(capabilities, 'colors');
  if (!because.startsWith('TERM')) return null;
  return {
    severity: 'info',
    message: `Only 16 colours are used: ${because}.`,
    cure: 'If the row "256" of the test picture shows a smooth ramp, use --colors 8.',
  };
}
