import { cleanText } from './clean-text.ts';

/** What is longer is cut where it is shown, in characters. */
const MAX_LENGTH = 120;

/**
 * Text from outside that a person may copy as it stands here; `null` where it is too long or holds characters that are
 * not shown: what was cut or cleaned is another topic, file or user.
 */
export function exactText(text: string): string | null {
  return text === cleanText(text, MAX_LENGTH) && text === text.trim() && text !== '' ? text : null;
}

/** The same in quotes that a shell takes off again. */
function shellQuoted(word: string): string | null {
  const exact = exactText(word);
  return exact === null ? null : `'${exact.replaceAll("'", "'\\''")}'`;
}

/** A word as a shell takes it whole, in quotes where it needs them. */
export function shellWord(word: string): string | null {
  return /^[\w@%+=:,./-]+$/.test(word) ? exactText(word) : shellQuoted(word);
}

/** The same for where something must stand: what cannot be written exactly is shown, in double quotes, so that it is seen. */
export function shownWord(word: string): string {
  return shellWord(word) ?? `"${cleanText(word)}"`;
}

/** By what that which the broker keeps for a topic is removed: a command to copy, where it can be written exactly. */
export function removalCommand(topic: string): string {
  const word = shellQuoted(topic);
  return word === null
    ? 'an empty retained message on this topic, which cannot be written here as it is'
    : `mosquitto_pub -r -n -t ${word}`;
}
