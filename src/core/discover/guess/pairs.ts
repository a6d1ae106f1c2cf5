import type { LogFacts } from '../log-facts.ts';
import type { Heard, Seen } from '../observer.ts';
import type { Basis, Doubt, OnOff } from '../proposal.ts';
import { ANSWER_MS, type Answers, answeredText, answersTo, isOnlyAnswer, possibleText } from './answers.ts';
import { wordsIn } from './quantities.ts';
import { switchPair, type WordPair } from './values.ts';

/** A command topic and the topic that its device answers on. */
export interface Pair {
  readonly command: string;
  readonly feedback: string;
  readonly payloads: OnOff;
  readonly answers: OnOff;
  readonly basis: Basis;
  /** Of one that is supposed: why. */
  readonly doubt?: Doubt;
  readonly evidence: readonly string[];
  /** Other commands that were answered on the same feedback. */
  readonly others: readonly string[];
}

/** What speaks for a pair, before it is weighed against others of the same command or feedback. */
interface Link extends Omit<Pair, 'others'> {
  /** How many commands were answered, where that is more than chance. */
  readonly answered: number;
  /** Whether the broker's log says that who answers takes the commands. */
  readonly isLogged: boolean;
}

/** Which topics look like an answer, by their names: the command's name of the feedback's, in the ways that are usual. */
const NAMINGS: readonly ((feedback: string) => string | null)[] = [
  ...['done', 'state', 'status', 'stat', 'feedback', 'ack', 'get'].map(ending => withoutEnding(`/${ending}`)),
  ...['set', 'command', 'cmd', 'cmnd', 'switch'].map(ending => (name: string) => `${name}/${ending}`),
  ...['set', 'command', 'cmd'].map(ending => (name: string) => withoutEnding('/state', `/${ending}`)(name)),
  name => (/^stat\/|\/stat\//.test(name) ? name.replace(/(^|\/)stat\//, '$1cmnd/') : null),
];
/** Endings that say nothing but that something is answered: signs of a command that was not heard. */
const ANSWERING = ['done', 'feedback', 'ack'] as const;

function withoutEnding(ending: string, other = ''): (name: string) => string | null {
  return name => (name.endsWith(ending) && name.length > ending.length ? name.slice(0, -ending.length) + other : null);
}

/** Levels that say that what is published there is a command. */
const COMMANDING = /(?:^|\/)(?:set|cmd|cmnd|command|commands|control|ctrl|switch)(?:\/|$)/i;

/** An answer comes so soon where its name does not speak for it, ms. */
const PROMPT_MS = 2_000;

/**
 * Finds what is commanded among the topics that nobody has explained: by a command that was heard and answered on a topic
 * with a name that fits, by the broker's log, or by names or time alone, which is a supposition and said to be one. An
 * answer is what came sooner than what the topic says in any case would by chance; else it is a possible one. Where several
 * topics answer one command, and nothing singles one of them out, that is said too.
 */
export function findPairs(seen: Seen, open: readonly Heard[], log: LogFacts): readonly Pair[] {
  const words = open.filter(({ texts }) => switchPair(texts) !== null);
  const byName = settle(
    words.flatMap(feedback => linksByName(feedback, seen, log)),
    seen,
  );
  const taken = new Set(byName.flatMap(({ command, feedback }) => [command, feedback]));
  const byTime = words.flatMap(command => {
    const link = taken.has(command.topic) ? null : linkByTime(command, { ...seen, words, taken }, log);
    if (link === null) return [];
    for (const topic of [link.command, link.feedback]) taken.add(topic);
    return [pairOf(link, [])];
  });
  return [...byName, ...byTime];
}

/** One pair at most of each command and of each feedback, of all links by names. */
function settle(links: readonly Link[], seen: Seen): readonly Pair[] {
  const own = links.filter(link => link.isLogged || !isAnswerItself(link.command, links, seen));
  const ofCommand = groupBy(own, ({ command }) => command).map(of => singleOut(of, seen));
  return groupBy(ofCommand, ({ feedback }) => feedback).flatMap(of => {
    const [first, ...rest] = [...of].sort((one, other) => strength(other) - strength(one));
    if (first === undefined) return [];
    const others = rest.filter(({ answered }) => answered > 0).map(({ command }) => command);
    return [pairOf(first, others)];
  });
}

function strength({ basis, answered }: Link): number {
  return basis === 'seen' ? 1 + answered : 0;
}

function isAnswerItself(topic: string, links: readonly Link[], seen: Seen): boolean {
  const heard = seen.topics.get(topic);
  if (heard === undefined) return false;
  return links.some(({ command, feedback, answered }) => {
    const other = feedback === topic && answered > 0 ? seen.topics.get(command) : undefined;
    return other !== undefined && isOnlyAnswer(heard, other);
  });
}

function groupBy(links: readonly Link[], of: (link: Link) => string): readonly (readonly Link[])[] {
  const groups = new Map<string, Link[]>();
  for (const link of links) {
    const group = groups.get(of(link));
    if (group === undefined) groups.set(of(link), [link]);
    else group.push(link);
  }
  return [...groups.values()];
}

/** The answer to a command that the evidence singles out; else the first of those that it does not tell apart. */
function singleOut(links: readonly Link[], seen: Seen): Link {
  const [first, second] = [...links].sort((one, other) => strength(other) - strength(one));
  const logged = links.filter(({ isLogged }) => isLogged);
  const [byLog] = logged;
  if (byLog !== undefined && logged.length === 1) return byLog;
  if (first === undefined || second === undefined || strength(first) > strength(second)) return first as Link;
  return undecided(
    links.filter(link => strength(link) === strength(first)),
    seen.topics.get(first.command),
  );
}

/** So many are named that could all be the answer. */
const MOST_NAMED = 4;

function undecided(links: readonly Link[], command: Heard | undefined): Link {
  const [first] = links as readonly [Link, ...Link[]];
  const names = links.slice(0, MOST_NAMED).map(({ feedback }) => feedback);
  const how = command !== undefined && first.answered > 0 ? 'answered alike' : 'fit by their names';
  const why = `cannot tell which of ${names.join(', ')} is its feedback: they ${how}`;
  return { ...first, basis: 'supposed', doubt: 'undecided', evidence: [why, ...first.evidence] };
}

function pairOf({ answered: _answered, isLogged: _isLogged, ...link }: Link, others: readonly string[]): Pair {
  return { ...link, others };
}

function linksByName(feedback: Heard, seen: Seen, log: LogFacts): readonly Link[] {
  const answers = switchPair(feedback.texts);
  if (answers === null) return [];
  const candidates = NAMINGS.flatMap(naming => naming(feedback.topic) ?? []);
  return candidates.flatMap(command => judge({ command, feedback, answers }, seen, log) ?? []);
}

/** A command topic by its name, and what answers it by its own. */
interface Named {
  readonly command: string;
  readonly feedback: Heard;
  readonly answers: WordPair;
}

/** What speaks for a command topic whose name fits; `null` where nothing does. */
function judge({ command, feedback, answers }: Named, { topics, listenedMs }: Seen, log: LogFacts): Link | null {
  const heard = topics.get(command);
  const payloads = heard === undefined ? answers : switchPair(heard.texts);
  if (payloads === null) return null;
  const followed = heard === undefined ? NONE : answersTo(heard, feedback, ANSWER_MS, listenedMs);
  const device = whoAnswers(command, feedback.topic, log);
  const answered = followed.isProof ? followed.waitsMs.length : 0;
  const where = { ...whereOf(command, feedback.topic, payloads, answers), answered };
  const shown = [
    ...(heard === undefined || answered === 0 ? [] : [answeredText(followed, heard, feedback)]),
    ...(device === null ? [] : [loggedText(device, command, feedback.topic)]),
  ];
  const aboutWords = supposedWord(payloads, answers);
  if (shown.length > 0)
    return { ...where, isLogged: device !== null, basis: 'seen', evidence: [...shown, ...aboutWords] };
  if (heard !== undefined && followed.waitsMs.length > 0) {
    const evidence = [possibleText(followed, heard, feedback), ...aboutWords];
    return { ...where, isLogged: false, basis: 'supposed', doubt: 'by-chance', evidence };
  }
  // Without a message on it, only the ending of a name that says nothing else is a sign.
  if (heard === undefined && !ANSWERING.some(ending => feedback.topic === `${command}/${ending}`)) return null;
  const why = heard === undefined ? `nothing was heard on ${command}` : `no command was seen being answered`;
  const evidence = [`that ${command} commands it is supposed from the names alone: ${why}`, ...aboutWords];
  return { ...where, isLogged: false, basis: 'supposed', doubt: 'unanswered', evidence };
}

const NONE: Answers = { waitsMs: [], isProof: false };

/** Who takes the command and publishes the feedback, by the broker's log; `null` where it does not say. */
function whoAnswers(command: string, feedback: string, log: LogFacts): string | null {
  const device = log.whoPublishes(feedback);
  return device !== null && log.whoTakes(command).has(device) ? device : null;
}

function loggedText(device: string, command: string, feedback: string): string {
  return `by the broker's log ${device} takes ${command} and publishes ${feedback}`;
}

function whereOf(
  command: string,
  feedback: string,
  payloads: OnOff,
  answers: OnOff,
): Pick<Pair, 'command' | 'feedback' | 'payloads' | 'answers'> {
  const wordsOf = ({ on, off }: OnOff): OnOff => ({ on, off });
  return { command, feedback, payloads: wordsOf(payloads), answers: wordsOf(answers) };
}

function supposedWord(...pairs: readonly WordPair[]): readonly string[] {
  const [word] = pairs.flatMap(({ unheard }) => unheard ?? []);
  return word === undefined ? [] : [`"${word}" was not heard, and is supposed from its other word`];
}

/**
 * Two topics whose names have a word in common and are else unlike those that are usual: each command was answered at
 * once, both ways. Where no name says that it is a command, time alone is no proof: two answers to a command that we may
 * not read look like a command and its answer.
 */
function linkByTime(command: Heard, { words, taken, listenedMs }: Open, log: LogFacts): Link | null {
  const payloads = switchPair(command.texts);
  if (payloads === null || payloads.unheard !== null || command.said.length < 2) return null;
  const links = words.flatMap((feedback): readonly Link[] => {
    const { topic, texts, said } = feedback;
    if (topic === command.topic || taken.has(topic) || said.length > command.said.length) return [];
    const followed = answersTo(command, feedback, PROMPT_MS, listenedMs);
    const answers = followed.waitsMs.length < command.said.length ? null : switchPair(texts);
    if (answers === null || answers.unheard !== null || !shareWord(command.topic, topic)) return [];
    const where = { ...whereOf(command.topic, topic, payloads, answers), answered: followed.waitsMs.length };
    return [{ ...where, ...timeEvidence(command, feedback, followed, log) }];
  });
  const isAnswer = links.length > 0 && words.some(other => isAnsweredBy(other, command, links));
  return links.length === 0 || isAnswer ? null : nearest(links, command);
}

/** What two topics are looked for among: words that nobody has explained, without those that are in a pair. */
interface Open extends Pick<Seen, 'listenedMs'> {
  readonly words: readonly Heard[];
  readonly taken: ReadonlySet<string>;
}

function timeEvidence(
  command: Heard,
  feedback: Heard,
  followed: Answers,
  log: LogFacts,
): Pick<Link, 'isLogged' | 'basis' | 'doubt' | 'evidence'> {
  const device = whoAnswers(command.topic, feedback.topic, log);
  const { isProof } = followed;
  const shown = (isProof ? answeredText : possibleText)(followed, command, feedback);
  if (device !== null) {
    const logged = loggedText(device, command.topic, feedback.topic);
    return { isLogged: true, basis: 'seen', evidence: isProof ? [shown, logged] : [logged] };
  }
  if (!isProof) return { isLogged: false, basis: 'supposed', doubt: 'by-chance', evidence: [shown] };
  if (COMMANDING.test(command.topic)) return { isLogged: false, basis: 'seen', evidence: [shown] };
  const why = `that ${command.topic} commands it is supposed from the time alone`;
  return { isLogged: false, basis: 'supposed', doubt: 'by-time', evidence: [why, shown] };
}

/** Whether what looks like a command answers another topic, with those that look like its answers. */
function isAnsweredBy(other: Heard, command: Heard, links: readonly Link[]): boolean {
  const { topic } = other;
  if (topic === command.topic || links.some(({ feedback, isLogged }) => isLogged || feedback === topic)) return false;
  return shareWord(topic, command.topic) && isOnlyAnswer(command, other);
}

/** The one that the log names, else the one that begins with most of the same levels, where that is one. */
function nearest(links: readonly Link[], command: Heard): Link {
  const logged = links.filter(({ isLogged }) => isLogged);
  const among = logged.length > 0 ? logged : links;
  const depths = among.map(({ feedback }) => sharedLevels(feedback, command.topic));
  const deepest = among.filter((_, place) => depths[place] === Math.max(...depths));
  const [only] = deepest;
  return only !== undefined && deepest.length === 1 ? only : undecided(deepest, command);
}

function sharedLevels(one: string, other: string): number {
  const [left, right] = [one.split('/'), other.split('/')];
  const shared = left.findIndex((level, depth) => level !== right[depth]);
  return shared === -1 ? left.length : shared;
}

/** Whether what is behind the levels that both topics begin with has a word in common. */
function shareWord(one: string, other: string): boolean {
  const shared = sharedLevels(one, other);
  const wordsBehind = (topic: string): readonly string[] => topic.split('/').slice(shared).flatMap(wordsIn);
  const words = new Set(wordsBehind(one));
  return wordsBehind(other).some(word => word.length > 2 && words.has(word));
}
