import { afterEach, describe, expect, it } from 'vitest';
import { createHouse, readTopics } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { houseAcl } from '../../../src/core/mosquitto/edit/house-acl.ts';
import { contraryText, isContrary, judgeTrial } from '../../../src/core/mosquitto/trial/judge.ts';
import { trialQuestions } from '../../../src/core/mosquitto/trial/question.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { type LinkOptions, parseConnectionOptions } from '../../../src/io/mqtt-options/mqtt-options.ts';
import { tryRights } from '../../../src/io/rights-trial/try-rights.ts';
import { type Mosquitto, startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { articlePasswords, startDevice } from '../../helpers/house/article-house.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const house = createHouse(presets.article ?? { name: '', sensors: {}, switches: {}, clients: {}, panels: [] });
const made = houseAcl(house, { viewers: [], operators: ['monitor'], masters: ['master'] });
const ACL = made.ok ? `${made.value}\n` : '';
const topics = [...house.routes.keys()];
const users = Object.keys(articlePasswords);
const clock = systemClock();
let broker: Mosquitto;

afterEach(() => broker.close());

function linkOf(user: string, password = articlePasswords[user] ?? ''): LinkOptions {
  const link = parseConnectionOptions({ url: broker.url, user, password, id: `trial-${user}` }, Math.random);
  if (!link.ok) throw new Error('these options are no options');
  return link.value;
}

const questionsOf = (text: string) =>
  trialQuestions(
    parseAclFile(text, 'acl'),
    users.map(user => ({ user, clientId: `trial-${user}` })),
    topics,
    broker.version.startsWith('2.1') ? '2.1' : '2.0',
  );

async function run(text: string, logins = users.map(user => linkOf(user))) {
  const writes = users.flatMap(user => topics.map(topic => ({ user, topic })));
  const seen = await tryRights({ logins, topics, writes, payload: 'trial', listenMs: 0, clock });
  return judgeTrial(questionsOf(text), seen);
}

describe.runIf(requireProgram('mosquitto') !== null)('a trial on a real mosquitto', () => {
  it('proves every user and topic both ways', async () => {
    broker = await startMosquitto({ acl: ACL, passwords: articlePasswords });
    const answers = await run(ACL);
    expect(answers).toHaveLength(users.length * topics.length * 2);
    expect(answers.filter(answer => answer.verdict === 'unknown' || isContrary(answer))).toEqual([]);
    expect(answers.filter(({ verdict }) => verdict === 'denied').length).toBeGreaterThan(20);
  });

  it('finds what the broker does otherwise', async () => {
    broker = await startMosquitto({
      acl: ACL.replace('topic write cellar/fan/done', 'topic write Cellar/fan/done'),
      passwords: articlePasswords,
    });
    const contrary = (await run(ACL)).filter(isContrary);
    expect(contrary.map(contraryText)).toEqual([
      'the file lets "dhtclient" write "cellar/fan/done", the broker does not: the broker answered not authorized (135)',
    ]);
  });

  it('tells who cannot log in, and leaves what hangs on him unproven', async () => {
    broker = await startMosquitto({ acl: ACL, passwords: articlePasswords });
    const answers = await run(
      ACL,
      users.map(user => linkOf(user, user === 'monitor' ? 'wrong' : articlePasswords[user])),
    );
    const unknown = answers.filter(({ verdict }) => verdict === 'unknown');
    expect(new Set(unknown.map(({ user }) => user))).toEqual(new Set(['monitor']));
    expect(unknown[0]?.why).toContain('login as monitor refused');
  });

  it('proves by what devices say, and publishes nothing then', async () => {
    broker = await startMosquitto({ acl: ACL, passwords: articlePasswords });
    const device = await startDevice(broker.url, 'heating', ['heating/pump']);
    device.speak({ 'heating/flow': '54.3' });
    const logins = ['dhtclient', 'monitor'].map(user => linkOf(user));
    const seen = await tryRights({ logins, topics: readTopics(house), writes: [], payload: '', listenMs: 800, clock });
    const flow = judgeTrial(questionsOf(ACL), seen).filter(
      ({ topic, access, user }) =>
        topic === 'heating/flow' && access === 'read' && logins.some(login => login.session.user === user),
    );
    expect(flow.map(({ user, verdict }) => `${user} ${verdict}`)).toEqual(['dhtclient denied', 'monitor allowed']);
    expect([seen.published, device.commands]).toEqual([[], []]);
    await device.close();
  });
});
