import { formatCadence, formatDuration } from '../../duration.ts';
import { positionOfWord } from '../../mqtt/position-word.ts';
import type { Heard, Saying } from '../observer.ts';
import { chanceOf, MOST_CHANCE, outOfStep } from './chance.ts';

/** An answer comes so soon after its command, ms: slow devices and a busy network are in it. */
export const ANSWER_MS = 10_000;
/** Messages so close to each other may have been read together, ms. */
const TOGETHER_MS = 50;
/** So many messages tell how often a topic speaks, however long somebody listened. */
const PACED_FROM = 8;

const PLAIN = { on: 'on', off: 'off' };

/** One command and what followed it with its position. */
interface Answered {
  readonly command: Saying;
  readonly waitMs: number;
  /** Whether it said another position before. */
  readonly isMove: boolean;
}

/** What followed the commands of a topic on another one. */
export interface Answers {
  /** How long each command waited for its position, ms; those that nothing followed are left out. */
  readonly waitsMs: readonly number[];
  /** Whether what the other topic says in any case hardly explains it. */
  readonly isProof: boolean;
}

/** What followed each command on a topic within a time, and whether it can be called an answer. */
export function answersTo(command: Heard, feedback: Heard, withinMs: number, listenedMs: number): Answers {
  const answered = followed(command.said, feedback.said, withinMs);
  const isProof = isBeyondChance(answered, command, feedback, listenedMs);
  return { waitsMs: answered.map(({ waitMs }) => waitMs), isProof };
}

function followed(commands: readonly Saying[], feedback: readonly Saying[], withinMs: number): readonly Answered[] {
  return commands.flatMap((command, place) => {
    const until = Math.min(command.at + withinMs, commands[place + 1]?.at ?? Number.POSITIVE_INFINITY);
    const position = positionOf(command);
    const at = feedback.findIndex(
      said => said.at >= command.at && said.at <= until && position !== null && positionOf(said) === position,
    );
    const answer = feedback[at];
    if (answer === undefined) return [];
    return [{ command, waitMs: answer.at - command.at, isMove: isMove(feedback, at) }];
  });
}

const positionOf = ({ text }: Saying): string | null => positionOfWord(text, PLAIN);

function isMove(said: readonly Saying[], place: number): boolean {
  const [before, after] = [said[place - 1], said[place]].map(one => (one === undefined ? null : positionOf(one)));
  return before !== null && after !== null && before !== after;
}

/**
 * Whether so many commands would hardly be followed so soon, if the topic knew nothing of them: by its messages, which come
 * at a pace of their own, or by its moves from one position to the other, which are fewer.
 */
function isBeyondChance(answered: readonly Answered[], command: Heard, feedback: Heard, listenedMs: number): boolean {
  const { live, intervalMs, said } = feedback;
  const moves = said.filter((_, place) => isMove(said, place)).length;
  const spanMs = said.length < PACED_FROM ? listenedMs : (said.at(-1)?.at ?? 0) - (said[0]?.at ?? 0);
  const ownPace = live < PACED_FROM || intervalMs === null ? 0 : 1 / intervalMs;
  const moved = answered.filter(one => one.isMove);
  const [soonMs, movedMs] = [answered, moved].map(list =>
    Math.max(TOGETHER_MS, ...list.map(({ waitMs }) => waitMs)),
  ) as [number, number];
  // Of what speaks only where it may be an answer there is no pace to be in step with.
  const tried = said.length > answered.length ? outOfStep(command.said, intervalMs, soonMs) : command.said;
  const hits = answered.filter(one => tried.includes(one.command)).length;
  const each = (perMs: number, withinMs: number): number => Math.min(1, perMs * withinMs);
  const chances = [
    chanceOf(hits, tried.length, each(Math.max(live / listenedMs, ownPace), soonMs)),
    chanceOf(moved.length, command.said.length, each(moves / spanMs, movedMs)),
  ];
  return chances.some(chance => chance <= MOST_CHANCE);
}

/** That a topic answered commands, and how fast: a sentence without a full stop. */
export function answeredText({ waitsMs }: Answers, command: Heard, feedback: Heard): string {
  const slowest = formatDuration(Math.max(...waitsMs));
  const commands = command.said.length;
  const how = commands === 1 ? 'one command' : `${waitsMs.length} of ${commands} commands`;
  return `${feedback.topic} answered ${how} on ${command.topic} within ${slowest}`;
}

/** That it may have done so, and why that is no proof. */
export function possibleText(answers: Answers, command: Heard, feedback: Heard): string {
  const { intervalMs, said } = feedback;
  const isPaced = intervalMs !== null && said.length > answers.waitsMs.length;
  const why = isPaced ? `it speaks every ${formatCadence(intervalMs)} in any case` : 'that may be chance';
  return `possible: ${answeredText(answers, command, feedback)}, but ${why}`;
}

/**
 * Whether a topic does nothing but answer a command: then it is none itself, and what comes after it answers the same
 * command. What it repeats between two commands is no move of its own.
 */
export function isOnlyAnswer({ said }: Heard, command: Heard): boolean {
  if (followed(command.said, said, ANSWER_MS).length === 0) return false;
  const moves = said.filter(
    ({ text }, place) => place > 0 && text.toLowerCase() !== said[place - 1]?.text.toLowerCase(),
  );
  return moves.every(move => command.said.some(({ at }) => move.at >= at && move.at <= at + ANSWER_MS));
}
