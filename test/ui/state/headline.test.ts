import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { clientLabelOf, labelOf } from '../../../src/core/house/house.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { statusLines } from '../../../src/ui/picture/status-line.ts';
import { headlineTarget } from '../../../src/ui/state/headline.ts';
import { articleHouse, runHouse } from '../../helpers/house/house-run.ts';
import { createRandom } from '../../helpers/random/random.ts';
import { liveAtRandom } from '../../helpers/random/random-life.ts';
import { bookOf, tooHot } from '../../helpers/ui/alarms-home.ts';
import { message, withEvents } from '../../helpers/ui/home.ts';
import { kindsHome } from '../../helpers/ui/kinds-home.ts';
import { textsOf } from '../../helpers/ui/pages.ts';

function told(home: HomeState): string {
  const view = { home, glyphs: glyphsFor({ glyphs: 'full' }) };
  return textsOf(statusLines(view, { size: { columns: 100, rows: 24 }, screen: 'overview' }))[0]?.trim() ?? '';
}

describe('where Enter leads from the headline', () => {
  it('is the item of which it tells a word: a leak', () => {
    const home = kindsHome();
    const wet = withEvents(home, message(home.at + 100, 'cellar/leak', 'wet'));
    expect(told(wet)).toMatch(/^! Cellar floor is wet/);
    expect(headlineTarget(wet)).toEqual({ kind: 'item', id: 'leak' });
  });

  it('is the alarms where it tells the highest of them, and the critical value that goes before a warning', () => {
    const run = runHouse({ ...articleHouse(), clients: {} });
    run.connect();
    for (const topic of ['heating/return', 'cellar/temperature', 'cellar/humidity']) run.receive(topic, '30');
    run.receive('heating/flow', '95');
    const about = (priority: 'alarm' | 'warning') => ({ ...run.state, alarms: bookOf([{ ...tooHot, priority }]) });
    expect(headlineTarget(about('alarm'))).toEqual({ kind: 'screen', screen: 'alarms' });
    expect(headlineTarget(about('warning'))).toEqual({ kind: 'item', id: 'flow' });
  });

  it('is what it names, in random houses', () => {
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      liveAtRandom(createRandom(seed), home => {
        const target = headlineTarget(home);
        const text = told(home);
        kinds.add(target?.kind ?? 'nothing');
        if (target === null) expect(text, `seed ${seed}`).toMatch(/ live\b|Listening/);
        else if (target.kind === 'screen')
          expect([target.screen, text]).toEqual(['log', expect.stringMatching(/link/)]);
        else {
          const label =
            target.kind === 'client' ? clientLabelOf(home.house, target.id) : labelOf(home.house, target.id);
          expect(text.replace(/^\S /, ''), `seed ${seed}`).toMatch(new RegExp(`^${label}\\b`));
        }
      });
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['client', 'item', 'nothing']));
  });
});
