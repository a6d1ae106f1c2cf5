import { describe, expect, it } from 'vitest';
import { rgb } from '../../../src/terminal/cells/color.ts';
import { applySgr } from '../../../src/terminal/cells/sgr.ts';
import {
  BOLD,
  createStyleTable,
  DIM,
  INVERSE,
  PLAIN,
  type Style,
  UNDERLINE,
  UNKNOWN_PEN,
} from '../../../src/terminal/cells/style.ts';
import { createRandom } from '../../helpers/random/terminal-random.ts';

function change(from: Style, to: Style): string {
  const styles = createStyleTable();
  return styles.change(styles.intern(from), styles.intern(to)).replace('\u001b', '');
}

const style = (changes: Partial<Style>): Style => ({ ...PLAIN, ...changes });

describe('the change from one style to another', () => {
  it('is the shortest there is', () => {
    expect(change(PLAIN, PLAIN)).toBe('');
    expect(change(PLAIN, style({ foreground: 2 }))).toBe('[32m');
    expect(change(PLAIN, style({ foreground: 10, background: 12 }))).toBe('[92;104m');
    expect(change(style({ foreground: 2 }), PLAIN)).toBe('[m');
    expect(change(style({ foreground: 2, attributes: BOLD }), style({ foreground: 6 }))).toBe('[;36m');
    expect(change(style({ foreground: 208, attributes: BOLD }), style({ foreground: 208 }))).toBe('[22m');
    expect(change(style({ attributes: BOLD }), style({ attributes: DIM }))).toBe('[;2m');
    expect(
      change(
        style({ foreground: rgb(1, 2, 3), attributes: BOLD | DIM }),
        style({ foreground: rgb(1, 2, 3), attributes: DIM }),
      ),
    ).toBe('[22;2m');
  });

  it('begins with a reset where the pen is not known', () => {
    const styles = createStyleTable();
    expect(styles.change(UNKNOWN_PEN, styles.intern(style({ foreground: 1 })))).toBe('\u001b[;31m');
    expect(styles.change(UNKNOWN_PEN, 0)).toBe('\u001b[m');
  });

  it('ends in the wanted style, whatever the two are', () => {
    const random = createRandom(5);
    const color = () => random.pick([-1, 0, 7, 8, 15, 16, 255, rgb(9, 99, 199)]);
    const any = (): Style => ({ foreground: color(), background: color(), attributes: random.below(256) });
    const styles = createStyleTable();
    for (let step = 0; step < 3000; step += 1) {
      const [from, to] = [any(), any()];
      const sequence = styles.change(styles.intern(from), styles.intern(to));
      const parameters = /^\u001b\[([\d;]*)m$/.exec(sequence)?.[1];
      expect(parameters === undefined ? from : applySgr(from, parameters)).toEqual(to);
    }
  });
});

describe('the blank that looks like a style', () => {
  it('keeps background and lines, and drops what a space does not show', () => {
    const styles = createStyleTable();
    const blank = (changes: Partial<Style>) => styles.get(styles.blankOf(styles.intern(style(changes))));
    expect(blank({ foreground: 1, attributes: BOLD })).toEqual(PLAIN);
    expect(blank({ background: 1 })).toEqual(style({ background: 1 }));
    expect(blank({ foreground: 1, attributes: INVERSE | BOLD })).toEqual(style({ foreground: 1, attributes: INVERSE }));
    expect(blank({ foreground: 1, attributes: UNDERLINE })).toEqual(style({ foreground: 1, attributes: UNDERLINE }));
  });
});
