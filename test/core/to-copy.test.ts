import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exactText, removalCommand, shellWord, shownWord } from '../../src/core/to-copy.ts';

const REMOVAL = 'mosquitto_pub -r -n -t ';

describe('what may be copied', () => {
  it.each(['heating/pump', "it's", 'a b', '$SYS/#', 'a"b', '`id`', '$(id)', '\\', "'", 'ü', '-n'])(
    'reaches a program as it is: %s',
    word => {
      for (const written of [removalCommand(word).replace(REMOVAL, ''), shellWord(word)]) {
        const heard = execFileSync('sh', ['-c', `printf %s ${written}`.replace('printf %s -n', "printf %s '-n'")]);
        expect(heard.toString()).toBe(word);
      }
    },
  );

  it.each(['a\u001b[2J', 'a\u200bb', 'a\nb', ' a', 'a ', '', 'x'.repeat(121)])(
    'is nothing that was cut or cleaned: %j',
    word => {
      expect([exactText(word), shellWord(word)]).toEqual([null, null]);
      expect(removalCommand(word)).not.toContain(REMOVAL);
      // It is seen where it stands, and no shell takes more than one word of it.
      expect(shownWord(word)).toMatch(/^"[^"\n\u001b]*"$/);
    },
  );

  it('is in each command that a message names: a path may hold blanks', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
    const bare = files.flatMap(name => {
      const text = readFileSync(join('src', name), 'utf8');
      // What stands right behind an option, a program or a redirection that takes a file; what is a word already is called so.
      return [...text.matchAll(BARE_FILE)].map(([found]) => `${name}: ${found}`);
    });
    expect(bare).toEqual([]);
  });
});

const BARE_FILE =
  /\b(?:chmod [\dogu+rx-]+|chown [\w:]+|mosquitto -c|--conf|--house|--dir|hometui acl (?:check|probe|allow)|--format json >) \$\{(?!shownWord|shellWord|\w*[wW]ords?\b)[^}]*\}/g;
