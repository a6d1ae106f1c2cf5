import { formatDuration } from '../../duration.ts';
import { positionOfWord } from '../../mqtt/position-word.ts';
import type { LogFacts } from '../log-facts.ts';
import type { Heard, Saying, Seen } from '../observer.ts';
import type { Basis, OnOff } from '../proposal.ts';
import { wordsIn } from './quantities.ts';
import { switchPair } from './values.ts';

/** A command topic and the topic that its device answers on. */
export interface Pair {
  readonly command: string;
  readonly feedback: string;
  readonly payloads: OnOff;
  readonly answers: OnOff;
  readonly basis: Basis;
  readonly evidence: readonly string[];
}

/** Which topics look like an answer, by their names: the command's name of the feedback's, in the ways that are usual. */
const NAMINGS: readonly ((feedback: string) => string | null)[] = [
  ...['done', 'state', 'status', 'stat', 'feedback', 'ack', 'get'].map(ending => withoutEnding(`/${ending}`)),
  ...['set', 'command', 'cmd', 'cmnd', 'switch'].map(ending => (name: string) => `${name}/${ending}`),
  ...['set', 'command', 'cmd'].map(ending => (name: string) => withoutEnding('/state', `/${ending}`)(name)),
  name => (/^stat\/|\/stat\//.test(name) ? name.replace(/(^|\/)stat\//, '$1cmnd/') : null),
];

function withoutEnding(ending: string, other = ''): (name: string) => string | null {
  return name => (name.endsWith(ending) && name.length > ending.length ? name.slice(0, -ending.length) + other : null);
}

/** An answer comes so soon after its command, ms: slow devices and a busy network are in it. */
const ANSWER_MS = 10_000;
/** The same where only the time speaks for it. */
const PROMPT_MS = 2_000;

/**
 * Finds what is commanded among the topics that nobody has explained: by a command that was heard and answered, by the
 * broker's log, or by names alone, which is a supposition and said to be one.
 */
export function findPairs(seen: Seen, open: readonly Heard[], log: LogFacts): readonly Pair[] {
  const words = open.filter(({ texts }) => switchPair(texts) !== null);
  const byName = words.flatMap(feedback => pairByName(feedback, seen, log) ?? []);
  const taken = new Set(byName.flatMap(({ command, feedback }) => [command, feedback]));
  const byTime = words.flatMap(command => {
    const others = words.filter(({ topic }) => topic !== command.topic && !taken.has(topic));
    const pair = taken.has(command.topic) ? null : pairByTime(command, others);
    if (pair === null) return [];
    for (const topic of [pair.command, pair.feedback]) taken.add(topic);
    return [pair];
  });
  return [...byName, ...byTime];
}

function pairByName(feedback: Heard, seen: Seen, log: LogFacts): Pair | null {
  const answers = switchPair(feedback.texts);
  if (answers === null) return null;
  const candidates = NAMINGS.flatMap(naming => naming(feedback.topic) ?? []);
  const pairs = candidates.flatMap(command => judge(command, feedback, answers, seen.topics.get(command), log) ?? []);
  const strength = ({ basis }: Pair): number => (basis === 'seen' ? 0 : 1);
  return [...pairs].sort((one, other) => strength(one) - strength(other))[0] ?? null;
}

/** What speaks for a command topic whose name fits; `null` where nothing does. */
function judge(
  command: string,
  feedback: Heard,
  answers: OnOff & { readonly unheard: string | null },
  heard: Heard | undefined,
  log: LogFacts,
): Pair | null {
  const payloads = heard === undefined ? answers : switchPair(heard.texts);
  if (payloads === null) return null;
  const where = { command, feedback: feedback.topic, payloads: wordsOf(payloads), answers: wordsOf(answers) };
  const supposed = [payloads, answers].flatMap(({ unheard }) => unheard ?? [])[0];
  const aboutWords = supposed === undefined ? [] : [`"${supposed}" was not heard, and is supposed from its other word`];
  const answered = heard === undefined ? [] : answersTo(heard.said, feedback.said, ANSWER_MS);
  if (answered.length > 0) {
    const evidence = [answeredText(answered, heard?.said.length ?? 0, command, feedback.topic), ...aboutWords];
    return { ...where, basis: 'seen', evidence };
  }
  const device = log.whoPublishes(feedback.topic);
  if (device !== null && log.whoTakes(command).has(device)) {
    const evidence = [`by the broker's log ${device} takes ${command} and publishes ${feedback.topic}`, ...aboutWords];
    return { ...where, basis: 'seen', evidence };
  }
  // Without a message on it, only the ending of a name that says nothing else is a sign.
  if (heard === undefined && !/\/(?:done|feedback|ack)$/.test(feedback.topic)) return null;
  const why = heard === undefined ? `nothing was heard on ${command}` : `no command was seen being answered`;
  const evidence = [`that ${command} commands it is supposed from the names alone: ${why}`, ...aboutWords];
  return { ...where, basis: 'supposed', evidence };
}

function wordsOf({ on, off }: OnOff): OnOff {
  return { on, off };
}

/**
 * Two topics whose names have a word in common and are else unlike those that are usual: each command was answered at
 * once, both ways, and by no other topic. Time alone is no sign: who switches three things one after the other makes each
 * look like an answer to the one before.
 */
function pairByTime(command: Heard, others: readonly Heard[]): Pair | null {
  const payloads = switchPair(command.texts);
  if (payloads === null || payloads.unheard !== null || command.said.length < 2) return null;
  const answering = others.filter(other => {
    if (!shareWord(command.topic, other.topic)) return false;
    const answered = answersTo(command.said, other.said, PROMPT_MS);
    return answered.length === command.said.length && other.said.length <= command.said.length;
  });
  const [feedback] = answering;
  const answers = feedback === undefined || answering.length > 1 ? null : switchPair(feedback.texts);
  if (feedback === undefined || answers === null || answers.unheard !== null) return null;
  const answered = answersTo(command.said, feedback.said, PROMPT_MS);
  return {
    ...{ command: command.topic, feedback: feedback.topic, payloads: wordsOf(payloads), answers: wordsOf(answers) },
    ...{ basis: 'seen', evidence: [answeredText(answered, command.said.length, command.topic, feedback.topic)] },
  };
}

/** Whether what is behind the levels that both topics begin with has a word in common. */
function shareWord(one: string, other: string): boolean {
  const [left, right] = [one.split('/'), other.split('/')];
  const shared = left.findIndex((level, depth) => level !== right[depth]);
  const words = new Set(left.slice(Math.max(0, shared)).flatMap(wordsIn));
  return right
    .slice(Math.max(0, shared))
    .flatMap(wordsIn)
    .some(word => word.length > 2 && words.has(word));
}

/** How long each command waited for feedback with its position, ms; those without are left out. */
function answersTo(commands: readonly Saying[], feedback: readonly Saying[], withinMs: number): readonly number[] {
  return commands.flatMap(({ at, text }, place) => {
    const until = Math.min(at + withinMs, commands[place + 1]?.at ?? Number.POSITIVE_INFINITY);
    const position = positionOfWord(text, PLAIN);
    const answer = feedback.find(
      said => said.at >= at && said.at <= until && position !== null && positionOfWord(said.text, PLAIN) === position,
    );
    return answer === undefined ? [] : [answer.at - at];
  });
}

const PLAIN = { on: 'on', off: 'off' };

function answeredText(answered: readonly number[], commands: number, command: string, feedback: string): string {
  const slowest = formatDuration(Math.max(...answered));
  const how = commands === 1 ? 'one command' : `${answered.length} of ${commands} commands`;
  return `${feedback} answered ${how} on ${command} within ${slowest}`;
}
