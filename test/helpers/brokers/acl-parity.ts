import { connectAsync, type MqttClient } from 'mqtt';
import { answerJson, parseQuestion } from '../../../src/cli/acl/answer.ts';
import { type AccessQuestion, checkAccess } from '../../../src/core/mosquitto/acl-check.ts';
import { type AclFile, isRefused, parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { createRandom } from '../random/random.ts';
import { DOLLAR_ROOTS, MASTER, type RandomClient, type RandomRound, randomRound } from '../random/random-acl.ts';
import { type Mosquitto, MosquittoStartError, startMosquitto } from './mosquitto.ts';
import { mosquittoLine } from './try-start.ts';

const PASSWORD = 'secret';
/** Kept by the broker and retained: the only topic below $SYS whose delivery can be asked for at any time. */
const VERSION_TOPIC = '$SYS/broker/version';

/** A question on which hometui and mosquitto do not agree. */
export interface Disagreement {
  readonly seed: number;
  readonly question: AccessQuestion | 'is the file refused';
  readonly mosquitto: boolean;
  readonly hometui: boolean;
  readonly acl: string;
}

export interface ParityResult {
  readonly decisions: number;
  readonly allowed: number;
  readonly refusedFiles: number;
  readonly disagreements: readonly Disagreement[];
}

/** Makes one random ACL file, asks a real mosquitto and `checkAccess` the same questions, and tells where they differ. */
export async function compareRound(seed: number): Promise<ParityResult> {
  const round = randomRound(createRandom(seed));
  const acl = parseAclFile(round.acl, 'acl');
  const broker = await startFor(round);
  const startsRight = (broker === null) === isRefused(acl);
  const disagree = (question: Disagreement['question'], mosquitto: boolean, hometui: boolean): Disagreement => ({
    seed,
    question,
    mosquitto,
    hometui,
    acl: round.acl,
  });
  if (broker === null || !startsRight) {
    await broker?.close();
    const refusal = disagree('is the file refused', broker === null, isRefused(acl));
    return {
      decisions: 1,
      allowed: 0,
      refusedFiles: broker === null ? 1 : 0,
      disagreements: startsRight ? [] : [refusal],
    };
  }
  try {
    const answers = await askBroker(broker, round);
    const wrong = answers.filter(answer => isAllowed(acl, answer.question) !== answer.allowed);
    return {
      decisions: answers.length,
      allowed: answers.filter(answer => answer.allowed).length,
      refusedFiles: 0,
      disagreements: wrong.map(answer => disagree(answer.question, answer.allowed, !answer.allowed)),
    };
  } finally {
    await broker.close();
  }
}

/** Which mosquitto is asked: it says so itself, once. */
const LINE = mosquittoLine();

/** The deciding line in words, for the report of a disagreement. */
export function describeDisagreement(disagreement: Disagreement): string {
  const { seed, question, mosquitto, acl } = disagreement;
  const decided = question === 'is the file refused' ? '' : rulesOf(parseAclFile(acl, 'acl'), question);
  return `seed ${seed}: ${JSON.stringify(question)}: mosquitto says ${mosquitto}\n${decided}${JSON.stringify(acl.split('\n'), null, 1)}`;
}

function rulesOf(acl: AclFile, question: AccessQuestion): string {
  const { rule, reason } = checkAccess(acl, question, LINE);
  return `hometui: ${reason} ${rule === null ? '' : `line ${rule.line} ${rule.text}`}\n`;
}

/** The answer of `hometui acl explain --stdin`, from the line that asks to the line that answers. */
function isAllowed(acl: AclFile, question: AccessQuestion): boolean {
  const asked = parseQuestion(JSON.stringify(question));
  if (!asked.ok) throw new Error(`${asked.error}: ${JSON.stringify(question)}`);
  const answer = JSON.parse(answerJson(acl, asked.value, LINE)) as { allowed: boolean };
  return answer.allowed;
}

/** What a real broker said to a question. */
export interface Answer {
  readonly question: AccessQuestion;
  readonly allowed: boolean;
}

/** A broker with the file and the users of a round; `null` where it refuses the file. */
export async function startFor(round: RandomRound): Promise<Mosquitto | null> {
  const names = round.clients.map(client => client.user).filter(name => name !== null);
  const passwords = Object.fromEntries([...names, MASTER].map(name => [name, PASSWORD]));
  try {
    return await startMosquitto({ acl: round.acl, passwords, conf: 'allow_anonymous true\n', log: false });
  } catch (error) {
    if (error instanceof MosquittoStartError && error.log.includes('acl file')) return null;
    throw error;
  }
}

/** Asks it whether each client may read and write each topic. */
export async function askBroker(broker: Mosquitto, round: RandomRound): Promise<readonly Answer[]> {
  const master = await logIn(broker, { user: MASTER, clientId: 'master' });
  const clients = await Promise.all(round.clients.map(client => logIn(broker, client)));
  const heard = await Promise.all(clients.map(listen));
  const published = await publishAll(master, round.topics, 'r');
  const answers: Answer[] = [];
  for (const [index, client] of round.clients.entries()) {
    const link = clients[index];
    const messages = heard[index];
    if (link === undefined || messages === undefined) continue;
    // The answer to its first write comes behind all that was delivered to this client: the fence of the reads.
    const written = await publishAll(link, round.topics, 'w');
    for (const topic of round.topics) {
      const canWrite = written.has(topic);
      answers.push({ question: { ...client, access: 'write', topic }, allowed: canWrite });
      if (!published.has(topic) && topic !== VERSION_TOPIC) continue;
      answers.push({ question: { ...client, access: 'read', topic }, allowed: messages.has(topic) });
    }
  }
  await Promise.all([master, ...clients].map(link => link.endAsync()));
  return answers;
}

async function logIn(broker: Mosquitto, { user, clientId }: RandomClient): Promise<MqttClient> {
  const login = user === null ? {} : { username: user, password: PASSWORD };
  return connectAsync(broker.url, { ...login, clientId, protocolVersion: 5, reconnectPeriod: 0 });
}

/** Subscribes to everything and collects the topics of the master's messages. */
async function listen(client: MqttClient): Promise<ReadonlySet<string>> {
  const topics = new Set<string>();
  client.on('message', (topic, payload) => {
    if (String(payload) === 'r' || topic === VERSION_TOPIC) topics.add(topic);
  });
  const roots = DOLLAR_ROOTS.filter(root => root !== '$SYS' && root !== '$share');
  const dollars = roots.map(root => `${root}/#`);
  await client.subscribeAsync(['#', ...dollars, '$SYS/broker/connection/#', VERSION_TOPIC], { qos: 0 });
  return topics;
}

/** Publishes to each topic with QoS 1 and gives those that the broker took (MQTT 5: PUBACK other than 135). */
async function publishAll(
  client: MqttClient,
  topics: readonly string[],
  payload: string,
): Promise<ReadonlySet<string>> {
  const taken = new Set<string>();
  const publishOne = async (topic: string): Promise<void> => {
    try {
      await client.publishAsync(topic, payload, { qos: 1 });
      taken.add(topic);
    } catch (error) {
      if ((error as { code?: number }).code !== 135) throw error;
    }
  };
  await Promise.all(topics.map(publishOne));
  return taken;
}
