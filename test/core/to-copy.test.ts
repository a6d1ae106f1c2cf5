import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { exactText, removalCommand, shellWord } from '../../src/core/to-copy.ts';

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
    },
  );
});
