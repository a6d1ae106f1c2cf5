import { describe, expect, it } from 'vitest';
import { decideCapabilities } from '../../../src/terminal/identity/capabilities.ts';
import { openingOf } from '../../../src/terminal/output/opening.ts';
import { openTerminal, type Persona } from '../../helpers/terminal/persona.ts';

const NO_FLAGS = { ascii: false, colors: null, glyphs: null };

describe('what opens a terminal', () => {
  it.each(['xterm', 'putty', 'putty-latin1', 'linux', 'vt100'] as Persona[])(
    '%s: takes it with an empty screen, and what closes it gives it back',
    async persona => {
      const terminal = openTerminal(80, 24, persona);
      const env = { TERM: terminal.term, LANG: 'C.UTF-8' };
      const evidence = { env, isTTY: true, columns: 80, rows: 24, flags: NO_FLAGS, replies: null, iutf8: null };
      const capabilities = decideCapabilities(evidence);
      const { opening, closing } = openingOf(capabilities, terminal.term);
      await terminal.write(Buffer.from('a shell\r\n$ hometui'));
      const before = terminal.text();
      const wasUtf8 = terminal.isUtf8;
      await terminal.write(Buffer.from(opening));
      expect(terminal.text().trim()).toBe('');
      expect(terminal.modes.wraparoundMode).toBe(false);
      await terminal.write(Buffer.from(closing));
      expect(terminal.modes).toMatchObject({ wraparoundMode: true, bracketedPasteMode: false });
      expect(terminal.isUtf8).toBe(wasUtf8);
      expect(terminal.text()).toBe(capabilities.hasAlternateScreen ? before : terminal.text());
      terminal.close();
    },
  );
});
