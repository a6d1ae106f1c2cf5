import { describe, expect, it } from 'vitest';
import { parseHouse } from '../../../src/core/house/parse.ts';
import { tabsOf } from '../../../src/core/house/tabs.ts';
import { houseOf } from '../../helpers/ui/home.ts';

const config = houseOf(6, 3);

describe('the tabs of a house', () => {
  it('are one with all panels where the house file has none', () => {
    expect(tabsOf(config)).toEqual([{ label: 'All', panels: [0, 1, 2] }]);
  });

  it('have the panels in the order in which they are named, and the others stand on a last one', () => {
    const tabs = [{ label: 'Up', panels: ['Room 3', 'Room 1'] }];
    expect(tabsOf({ ...config, tabs })).toEqual([
      { label: 'Up', panels: [2, 0] },
      { label: 'Other', panels: [1] },
    ]);
  });

  it('share panels with one label out, the first to who names it first', () => {
    const panels = config.panels.map(panel => ({ ...panel, label: 'Room' }));
    const tabs = [
      { label: 'A', panels: ['Room', 'Room'] },
      { label: 'B', panels: ['Room'] },
    ];
    expect(tabsOf({ panels, tabs }).map(tab => tab.panels)).toEqual([[0, 1], [2]]);
  });

  it('name panels that are there, and each of them once', () => {
    const text = (panels: readonly string[]): string => JSON.stringify({ ...config, tabs: [{ label: 'T', panels }] });
    expect(parseHouse(text(['Room 2', 'Room 1']), 'f').ok).toBe(true);
    const errorsOf = (panels: readonly string[]): readonly string[] => {
      const parsed = parseHouse(text(panels), 'f');
      return parsed.ok ? [] : parsed.error.map(issue => `${issue.message}. ${issue.cure}`);
    };
    expect(errorsOf(['Room 1', 'Rom 2'])).toEqual([
      'tabs.0.panels.1 names "Rom 2", which is no panel of this house. Known are: Room 1, Room 2, Room 3',
    ]);
    expect(errorsOf(['Room 1', 'Room 1'])).toEqual([
      'tabs.0.panels.1 names "Room 1", which stands on a tab already. Name each panel once',
    ]);
  });
});
