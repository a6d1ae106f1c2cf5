import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/cli/args/parse.ts';
import { placeWords } from '../../../src/cli/args/place-words.ts';

describe('placeWords', () => {
  it.each([
    [['--profile', 'home'], ' --profile home'],
    [['-h', 'pi', '-p', '1884', '-u', 'my user', '-P', 'secret'], ' --host pi --port 1884 --user ' + "'my user'"],
    [['--user=-x', '--insecure', '--house', "it's.json"], " --user=-x --insecure --house 'it'\\''s.json'"],
    [['-L', 'mqtt://me:secret@pi'], " --url 'mqtt://me:(hidden)@pi'"],
    [[], ''],
  ])('says of %j which house is meant, and no password', async (words, expected) => {
    const parsed = await parseArguments(['status', ...words]);
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(placeWords(parsed.value.flags)).toBe(expected);
  });

  it('leaves out what the next command says itself', () => {
    expect(placeWords({ profile: 'home', house: 'old.json' }, ['house'])).toBe(' --profile home');
  });
});
