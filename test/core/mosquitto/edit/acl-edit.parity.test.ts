import { describe, expect, it } from 'vitest';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { accessesOf, planAcl } from '../../../../src/core/mosquitto/edit/acl-edit.ts';
import { decodeText } from '../../../../src/core/mosquitto/edit/line-edit.ts';
import { matchesFilter } from '../../../../src/core/mqtt/topic.ts';
import { askBroker, startFor } from '../../../helpers/brokers/acl-parity.ts';
import { createRandom } from '../../../helpers/random/random.ts';
import { randomRequest } from '../../../helpers/random/random-acl-request.ts';
import { requireProgram } from '../../../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');
/** Each is a random file that is changed, and a broker that starts with it. */
const FILES = Number(process.env.HOMETUI_ACL_EDIT_FILES ?? 4);

describe.runIf(mosquitto !== null)('a change of an ACL file on a real mosquitto', () => {
  it(`is decided as it was asked for, ${FILES} files`, { timeout: 20_000 + FILES * 20_000 }, async () => {
    const counts = { files: 0, decisions: 0 };
    for (let seed = 1; counts.files < FILES; seed++) {
      const decisions = await tryRound(seed);
      if (decisions > 0) counts.files++;
      counts.decisions += decisions;
    }
    process.stdout.write(`ACL edits on a real broker: ${counts.files} files, ${counts.decisions} decisions as asked\n`);
  });
});

/** The number of asked decisions that the broker made as they were asked for; none where nothing was to be changed. */
async function tryRound(seed: number): Promise<number> {
  const round = randomRequest(createRandom(seed));
  const { request } = round;
  const plan = planAcl(Buffer.from(round.acl), 'acl', request);
  const topics = round.topics.filter(topic => matchesFilter(request.topic, topic));
  if (!plan.ok || plan.value.edits.length === 0 || topics.length === 0) return 0;
  const acl = decodeText(plan.value.content);
  const broker = await startFor({ acl, clients: [{ user: request.user, clientId: 'q' }], topics });
  if (broker === null)
    throw new Error(`seed ${seed}: the broker refuses ${JSON.stringify(parseAclFile(acl, 'acl').lines)}`);
  try {
    const asked = (await askBroker(broker, { acl, clients: [{ user: request.user, clientId: 'q' }], topics })).filter(
      ({ question }) => accessesOf(request).includes(question.access),
    );
    for (const { question, allowed } of asked) {
      const what = `seed ${seed}: ${JSON.stringify([request, question])} ${JSON.stringify(acl)}`;
      expect(allowed, what).toBe(request.action === 'allow');
    }
    return asked.length;
  } finally {
    await broker.close();
  }
}
