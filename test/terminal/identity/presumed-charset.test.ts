import { describe, expect, it } from 'vitest';
import { presumeUtf8 } from '../../../src/terminal/identity/presumed-charset.ts';
import { SELECT_DEFAULT_CHARSET, SELECT_UTF8 } from '../../../src/terminal/identity/putty.ts';

function presume(mayBePutty: boolean, unicode: boolean) {
  const sent: string[] = [];
  return { sent, presumed: presumeUtf8({ mayBePutty, unicode }, text => sent.push(text)) };
}

describe('UTF-8 before the terminal has answered', () => {
  it('is switched on only where a PuTTY may be, and something is drawn in it', () => {
    expect(presume(true, true).sent).toEqual([SELECT_UTF8]);
    expect(presume(true, false).sent).toEqual([]);
    expect(presume(false, true).sent).toEqual([]);
  });

  it('stays in a terminal that takes it, and where the screen will undo it', () => {
    for (const found of [
      { unicode: true, switchToUtf8: false },
      { unicode: true, switchToUtf8: true },
      { unicode: false, switchToUtf8: true },
    ]) {
      const { sent, presumed } = presume(true, true);
      presumed.settle(found);
      presumed.close();
      expect(sent).toEqual([SELECT_UTF8]);
    }
  });

  it('is taken back, once, where the terminal turns out to be in another character set', () => {
    const { sent, presumed } = presume(true, true);
    presumed.settle({ unicode: false, switchToUtf8: false });
    presumed.close();
    expect(sent).toEqual([SELECT_UTF8, SELECT_DEFAULT_CHARSET]);
  });

  it('is taken back where the program ends before an answer came', () => {
    const { sent, presumed } = presume(true, true);
    presumed.close();
    presumed.close();
    expect(sent).toEqual([SELECT_UTF8, SELECT_DEFAULT_CHARSET]);
  });
});
