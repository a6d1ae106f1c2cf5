import { describe, expect, it } from 'vitest';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

describe.runIf(mosquitto !== null)('hometui topics', () => {
  const house = useArticleHouse();
  const ask = (args: readonly string[], user = 'master') => runHometui(['topics', ...args], { env: house.login(user) });

  it('tells a retained value at once, and what is said meanwhile; with nothing published', async () => {
    house.heating.client.publish('heating/pump/done', 'on', { retain: true });
    const said = await ask(['--for', '1.5', '--format', 'json']);
    expect(said.code).toBe(0);
    const rows = said.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(rows.find(({ topic }) => topic === 'heating/pump/done')).toMatchObject({
      live: 0,
      retained: true,
      payload: 'on',
    });
    expect(rows.find(({ topic }) => topic === 'heating/flow')).toMatchObject({ retained: false });
    expect(said.stderr).toMatch(/^hometui: heard \d+ topics? in [12] s, \d+ messages?, as master at mqtt:/);
    house.heating.client.publish('heating/pump/done', '', { retain: true });
  });

  it('a filter is one branch; what is none is refused, with the line to type', async () => {
    const said = await ask(['cellar/+', '--for', '1.5']);
    expect([said.code, said.stdout.split('\n')[0]]).toEqual([0, 'cellar/']);
    expect(said.stdout).not.toContain('heating');
    const wrong = await ask(['heating/#/x']);
    expect([wrong.code, wrong.stdout]).toEqual([64, '']);
    expect(wrong.stderr).toContain('# must be the last level');
  });

  it('nothing was heard: 3; a wrong password: 77; nobody there: 69', async () => {
    const nothing = await ask(['nothing/here', '--for', '0.5']);
    expect([nothing.code, nothing.stdout]).toEqual([3, '']);
    const wrong = await runHometui(['topics', '--for', '5'], { env: house.login('master', 'wrong') });
    expect([wrong.code, wrong.stdout]).toEqual([77, '']);
    const nobody = await runHometui(['topics', '--for', '1', '-L', 'mqtt://127.0.0.1:9'], { env: {} });
    expect([nobody.code, nobody.stdout]).toEqual([69, '']);
  });
});
