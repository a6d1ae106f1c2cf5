import type { Random } from './random.ts';

/** One login of a round; `user: null` logs in without a name. */
export interface RandomClient {
  readonly user: string | null;
  readonly clientId: string;
}

/** A random ACL file and whom and what to ask about it. */
export interface RandomRound {
  readonly acl: string;
  readonly clients: readonly RandomClient[];
  readonly topics: readonly string[];
}

/** May write everything that a topic of a round can be; its section is part of each random file. */
export const MASTER = 'the master';
/** The first levels of `$` topics that a round may ask about. */
export const DOLLAR_ROOTS = ['$x', '$', '$SYS', '$SYSx', '$share', '$shared', '$y z'] as const;

const USERS = ['a', 'A', 'a b', 'a+b', 'x#', 'a/b', '%u', '%c', 'read', 'deny', 'ünï', '$x', 'a#b'] as const;
const CLIENT_IDS = ['a', 'c 1', 'a/b', 'c+', '#c', '%u', '%c', '$x', 'ünï', 'a  b', "x'"] as const;
const LEVELS = ['a', 'b', 'A', '', '', 'a b', 'a  b', 'ünï', '%', '%x', '$x', 'read', 'deny', 'c 1', '.', '*'] as const;
const PATTERN_LEVELS = ['%u', '%c', '%u', '%c', '%u%c', 'x%u', '%cx', '%%u', '%u%'] as const;

/** A file of up to five sections with patterns, denials and odd spacing, six clients, and topics near its rules. */
export function randomRound(random: Random): RandomRound {
  const clients = randomClients(random);
  const filters: string[] = [];
  const names = [...new Set(clients.map(client => client.user))].filter(name => name !== null);
  const sections = [rules(random, filters), ...names.map(name => section(random, name, filters))];
  // A second section of the same user counts with the first.
  if (random.chance(0.3)) sections.push(section(random, random.pick([...names, 'nobody']), filters));
  sections.splice(1 + random.below(sections.length), 0, masterSection());
  const ending = random.chance(0.3) ? '\r\n' : '\n';
  const lines = sections.flat();
  if (random.chance(0.06)) lines.splice(random.below(lines.length), 0, fault(random));
  const acl = lines.map(line => decorate(random, line)).join(ending) + (random.chance(0.8) ? ending : '');
  return { acl, clients, topics: randomTopics(random, filters, clients) };
}

function randomClients(random: Random): readonly RandomClient[] {
  const ids = [...CLIENT_IDS];
  const users = [random.pick(USERS), random.pick(USERS), random.pick(USERS)];
  return Array.from({ length: 6 }, () => {
    const [clientId = 'a'] = ids.splice(random.below(ids.length), 1);
    return { user: random.chance(0.2) ? null : random.pick(users), clientId };
  });
}

function section(random: Random, name: string, filters: string[]): readonly string[] {
  return [`${gap(random, 'user')}${name}`, ...rules(random, filters)];
}

function masterSection(): readonly string[] {
  return [`user ${MASTER}`, 'topic readwrite #', ...DOLLAR_ROOTS.map(root => `topic readwrite ${root}/#`)];
}

function rules(random: Random, filters: string[]): readonly string[] {
  return Array.from({ length: random.below(7) }, () => {
    if (random.chance(0.05))
      return random.pick(['topic read', 'topic deny', 'pattern write', 'topic readwrite', '', '#x']);
    const isPattern = random.chance(0.25);
    const filter = randomFilter(random, isPattern);
    filters.push(filter);
    const keyword = isPattern ? 'pattern' : 'topic';
    // A topic with a space needs its access keyword; without it the line would be refused.
    const access = random.pick([
      'read',
      'read',
      'write',
      'write',
      'readwrite',
      'deny',
      /\s/.test(filter) ? 'read' : '',
    ]);
    return access === ''
      ? `${gap(random, keyword)}${filter}`
      : `${gap(random, keyword)}${gap(random, access)}${filter}`;
  });
}

function randomFilter(random: Random, isPattern: boolean): string {
  const count = 1 + random.below(4);
  const levels: string[] = Array.from({ length: count }, () => {
    if (random.chance(0.2)) return '+';
    return isPattern && random.chance(0.6) ? random.pick(PATTERN_LEVELS) : random.pick(LEVELS);
  });
  if (random.chance(0.15)) levels[0] = random.pick(DOLLAR_ROOTS);
  if (random.chance(0.3)) levels.push('#');
  if (random.chance(0.06)) levels.splice(0, levels.length, random.pick(['#', '+/#', '+', '%c/#']));
  const filter = levels.join('/');
  if (filter.trim() === '') return '/';
  return random.chance(0.03) ? '$SYS/broker/connection/+/state' : filter;
}

/** Topics that some rule matches, or just fails to, and a few out of nowhere. */
function randomTopics(random: Random, filters: readonly string[], clients: readonly RandomClient[]): readonly string[] {
  const topics = new Set(['$SYS/broker/connection/x/state', '$SYS/broker/version', 'a']);
  for (let attempt = 0; topics.size < 24 && attempt < 200; attempt++) {
    const filter = filters.length > 0 && random.chance(0.85) ? random.pick(filters) : randomFilter(random, false);
    const topic = mutate(random, instantiate(random, filter, random.pick(clients)));
    // A wildcard in a topic name, or a name too many for mosquitto's own doors, is another question.
    if (topic !== '' && !/[+#]/.test(topic) && !topic.startsWith('$CONTROL')) topics.add(topic);
  }
  return [...topics];
}

function instantiate(random: Random, filter: string, client: RandomClient): string {
  const filled = filter.replace(/%[uc]/g, part => (part === '%c' ? client.clientId : (client.user ?? part)));
  const levels = filled.split('/').flatMap(level => {
    if (level === '#') return Array.from({ length: random.below(3) }, () => random.pick(LEVELS));
    return [level === '+' ? random.pick(LEVELS) : level];
  });
  return levels.join('/');
}

function mutate(random: Random, topic: string): string {
  if (random.chance(0.7)) return topic;
  return random.pick([
    `${topic}/`,
    `/${topic}`,
    `${topic}/a`,
    topic.toUpperCase(),
    topic.slice(0, -1),
    ` ${topic}`,
    `$${topic}`,
  ]);
}

/** Spaces behind a word; a tab among them is harmless only where the rest of the line follows. */
function gap(random: Random, word: string): string {
  const isLast = word !== 'topic' && word !== 'pattern';
  return `${word}${random.chance(0.85) ? ' ' : random.pick(['  ', '    ', isLast ? ' \t' : '   '])}`;
}

function decorate(random: Random, line: string): string {
  const before = random.chance(0.05) && !line.startsWith('#') ? ' ' : '';
  const after = random.chance(0.1) ? random.pick([' ', '\t', '  \t', '\v']) : '';
  const extra = random.chance(0.08) ? random.pick(['\n', '\n# comment', '\n#', '\n   ']) : '';
  return `${before}${line}${after}${extra}`;
}

/** A line that the broker refuses, or nearly one. */
function fault(random: Random): string {
  return random.pick([
    'Topic read a',
    'topic Read a',
    'topic\tread a',
    'topic read\ta',
    ' # comment',
    'user',
    'topic',
    'topic read a#',
    'pattern read %u+',
    'topic rw a',
    'foo',
    '\ufefftopic read a',
    'topic a b',
    `topic read ${'/'.repeat(201)}`,
    `topic read ${'/'.repeat(200)}`,
  ]);
}
