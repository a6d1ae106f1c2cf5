import { describe, expect, it } from 'vitest';
import { userNameFault } from '../../../src/core/mosquitto/user-name.ts';

describe('userNameFault', () => {
  it.each(['a', '%u', '*', 'a,b', 'home assistant', 'ünï', 'a#', '日本', 'x'.repeat(200), '$x'])(
    'has nothing against %s',
    name => {
      expect(userNameFault(name)).toBeNull();
    },
  );

  it.each(['', '#', '#x', 'a:b', ' a', 'a ', 'a\nb', 'a\tb', '\ufeffa', 'a\ud800', 'x'.repeat(65_536)])(
    'refuses %j',
    name => {
      expect(userNameFault(name)).toMatch(/^(is|has|begins) /);
    },
  );
});
