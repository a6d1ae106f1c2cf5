import { formatDuration } from '../../duration.ts';
import { positionOfWord } from '../../mqtt/position-word.ts';
import type { Heard, Saying } from '../observer.ts';

/** An answer comes so soon after its command, ms: slow devices and a busy network are in it. */
export const ANSWER_MS = 10_000;

const PLAIN = { on: 'on', off: 'off' };

/** How long each command waited for feedback with its position, ms; those without are left out. */
export function answersTo(
  commands: readonly Saying[],
  feedback: readonly Saying[],
  withinMs: number,
): readonly number[] {
  return commands.flatMap(({ at, text }, place) => {
    const until = Math.min(at + withinMs, commands[place + 1]?.at ?? Number.POSITIVE_INFINITY);
    const position = positionOfWord(text, PLAIN);
    const answer = feedback.find(
      said => said.at >= at && said.at <= until && position !== null && positionOfWord(said.text, PLAIN) === position,
    );
    return answer === undefined ? [] : [answer.at - at];
  });
}

/** That a topic answered commands, and how fast: a sentence without a full stop. */
export function answeredText(answered: readonly number[], command: Heard, feedback: string): string {
  const slowest = formatDuration(Math.max(...answered));
  const commands = command.said.length;
  const how = commands === 1 ? 'one command' : `${answered.length} of ${commands} commands`;
  return `${feedback} answered ${how} on ${command.topic} within ${slowest}`;
}

/**
 * Whether a topic does nothing but answer a command: then it is none itself, and what comes after it answers the same
 * command. What it repeats between two commands is no move of its own.
 */
export function isOnlyAnswer({ said }: Heard, command: Heard): boolean {
  if (answersTo(command.said, said, ANSWER_MS).length === 0) return false;
  const moves = said.filter(
    ({ text }, place) => place > 0 && text.toLowerCase() !== said[place - 1]?.text.toLowerCase(),
  );
  return moves.every(move => command.said.some(({ at }) => move.at >= at && move.at <= at + ANSWER_MS));
}
