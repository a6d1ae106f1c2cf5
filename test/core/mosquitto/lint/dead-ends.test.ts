import { describe, expect, it } from 'vitest';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { twoSpellings } from '../../../../src/core/mosquitto/lint/dead-ends.ts';

function find(...lines: readonly string[]) {
  const acl = parseAclFile(`${lines.join('\n')}\n`, 'acl');
  const nothing = { passwords: null, conf: null, files: [], needs: [], doubleHashed: [], version: null };
  return twoSpellings({ acl, ...nothing }).map(({ place, cure }) => `${place?.line} ${cure}`);
}

describe('twoSpellings', () => {
  it('takes the rarer of two spellings for the odd one', () => {
    const keller = ['user d', 'topic read Keller/fan', 'topic write Keller/fan/done', 'user m', 'topic read Keller/#'];
    expect(find(...keller, 'topic write cellar/fan')).toEqual([
      '6 Write one topic in one way, here: topic write Keller/fan',
    ]);
  });

  it.each([
    ['two sensors whose numbers differ', ['user a', 'topic write room/sensor1', 'user b', 'topic read room/sensor2']],
    ['short words', ['user a', 'topic write x/on', 'user b', 'topic read x/off']],
    ['words of their own', ['user a', 'topic write heating/flow', 'topic read heating/pump', 'user b']],
    [
      'two rooms, of which each is served, and one only the master looks at',
      ['user a', 'topic write boiler/flow', 'user c', 'topic write cooler/flow', 'user m', 'topic read cooler/#'],
    ],
    [
      'what a pattern serves',
      ['user a', 'topic read devices/heating/x', 'pattern write devices/%u/x', 'topic write devices/heatin/x'],
    ],
    ['who may write everything', ['user a', 'topic write cellar/fan', 'user m', 'topic readwrite #']],
  ])('says nothing about %s', (_, lines) => {
    expect(find(...lines)).toEqual([]);
  });

  it('prefers the topic that differs in capitals to one that is merely like it', () => {
    const found = find(
      'user a',
      'topic write Heating/flow',
      'user b',
      'topic read beating/flow',
      'topic read heating/flow',
    );
    expect(found[0]).toBe('2 Write one topic in one way, here: topic write heating/flow');
  });
});
