import { describe, expect, it } from 'vitest';
import { merge, withoutSecrets } from '../../../src/cli/settings/merge-settings.ts';
import { changesText, settingRows } from '../../../src/cli/settings/settings-report.ts';
import type { Preferences } from '../../../src/core/settings/schema.ts';

const saved: Preferences = {
  url: 'mqtt://pi',
  user: 'master',
  password: 'geheim',
  profiles: { cellar: { url: 'mqtts://u:geheim@cellar', password: 'geheim', keepalive: 30 } },
};

describe('what is shown of the settings', () => {
  it('has no secret in it', () => {
    const rows = settingRows({
      url: { value: 'ws://me:geheim@pi/mqtt?token=geheim', origin: 'flag' },
      password: { value: 'geheim', origin: 'environment' },
      protocolVersion: { value: 'auto', origin: 'default' },
      house: { value: 'article', origin: 'default' },
    });
    expect(rows.map(row => [row.name, row.value, row.origin])).toEqual([
      ['url', 'ws://me:(hidden)@pi/mqtt?(hidden)', 'flag'],
      ['password', '(hidden)', 'environment'],
      ['protocolVersion', 'auto', 'default'],
      ['house', 'article', 'default'],
    ]);
    expect(JSON.stringify(withoutSecrets(saved))).not.toContain('geheim');
    expect(withoutSecrets(saved)).toEqual({
      url: 'mqtt://pi',
      user: 'master',
      profiles: { cellar: { url: 'mqtts://u@cellar', keepalive: 30 } },
    });
  });
});

describe('merge', () => {
  it('removes nothing and keeps the password of the same broker and user', () => {
    const next = merge(saved, {
      theme: 'light',
      profiles: { cellar: { keepalive: 60 }, attic: { url: 'mqtt://attic' } },
    });
    expect(next).toEqual({
      ...saved,
      theme: 'light',
      profiles: { cellar: { ...saved.profiles?.cellar, keepalive: 60 }, attic: { url: 'mqtt://attic' } },
    });
    expect(changesText(saved, next)).toBe(
      '+ profiles.attic.url: mqtt://attic\n~ profiles.cellar.keepalive: 30 becomes 60\n+ theme: light\n',
    );
  });

  it('drops the password of another broker or user', () => {
    expect(merge(saved, { url: 'mqtt://elsewhere' }).password).toBeUndefined();
    expect(merge(saved, { user: 'monitor' }).password).toBeUndefined();
    const changes = changesText(saved, merge(saved, { user: 'monitor' }));
    expect(changes).toBe('- password: (hidden)\n~ user: master becomes monitor\n');
    expect(changesText(saved, saved)).toBe('Nothing changes.\n');
  });
});
