import { cleanText } from '../clean-text.ts';
import { topicFilterFault } from '../mqtt/topic.ts';

/** What a rule grants, in mosquitto's keywords (mosquitto.conf(5), acl_file). */
export type AclAccess = 'read' | 'write' | 'readwrite' | 'deny';

/** One line of an ACL file as mosquitto 2 reads it; a fault is a line on which it refuses the file. */
export type AclLine =
  | { readonly kind: 'empty' }
  | { readonly kind: 'comment' }
  | { readonly kind: 'user'; readonly name: string }
  | {
      readonly kind: 'rule';
      readonly isPattern: boolean;
      readonly access: AclAccess;
      readonly topic: string;
      /** Whether an access keyword stands on the line; without one mosquitto grants readwrite. */
      readonly hasKeyword: boolean;
    }
  | {
      readonly kind: 'fault';
      readonly message: string;
      readonly cure: string;
      /** What was surely meant, so that one fault does not make its neighbours look wrong; `null` where that is no guess. */
      readonly meant: AclLine | null;
    };

/** What C's isspace() takes for blank in the C locale, which mosquitto runs in. */
const LEADING_BLANKS = /^[ \t\n\v\f\r]+/;
const TRAILING_BLANKS = /[ \t\n\v\f\r]+$/;

/** Levels beyond this are refused (TOPIC_HIERARCHY_LIMIT in mosquitto's sources). */
const MAX_SLASHES = 200;

/**
 * Reads one line (without its line feed) as mosquitto 2.0 does: blanks at its end go, `#` makes a comment in the first
 * column only, words are separated by spaces and never by tabs, and what follows the access keyword is the topic.
 */
export function parseAclLine(line: string): AclLine {
  const text = line.replace(TRAILING_BLANKS, '');
  if (text.startsWith('#')) return { kind: 'comment' };
  const [keyword, rest] = nextWord(text);
  if (keyword === '') return { kind: 'empty' };
  if (keyword === 'user') return parseUser(rest);
  if (keyword === 'topic' || keyword === 'pattern') return parseRule(keyword, rest);
  return unknownKeyword(keyword, text);
}

/** Whether a word is one of the four access keywords, as they must be written. */
export function isAccess(word: string): word is AclAccess {
  return word === 'read' || word === 'write' || word === 'readwrite' || word === 'deny';
}

/** A word or a line of a file in quotes, fit to be shown. */
export function quote(text: string): string {
  return `"${cleanText(text, 120)}"`;
}

/** The first word (up to a space, spaces before it skipped) and all that follows the one space after it. */
function nextWord(text: string): readonly [string, string] {
  const start = text.search(/[^ ]/);
  if (start < 0) return ['', ''];
  const end = text.indexOf(' ', start);
  return end < 0 ? [text.slice(start), ''] : [text.slice(start, end), text.slice(end + 1)];
}

function trimBlanks(text: string): string {
  return text.replace(LEADING_BLANKS, '').replace(TRAILING_BLANKS, '');
}

function parseUser(rest: string): AclLine {
  const name = trimBlanks(rest);
  if (name !== '') return { kind: 'user', name };
  return fault('the user name is missing', 'Write the name behind it, as in: user heating');
}

function parseRule(keyword: 'topic' | 'pattern', rest: string): AclLine {
  const [word, behind] = nextWord(rest);
  if (word === '')
    return fault('the topic is missing', `Write it behind the keyword, as in: ${keyword} read heating/#`);
  // A single word is the topic, even if it is "read" or "deny".
  const hasKeyword = behind !== '';
  if (hasKeyword && !isAccess(word)) return unknownAccess(keyword, word, trimBlanks(behind));
  const topic = hasKeyword ? trimBlanks(behind) : word;
  const topicFault = filterFault(topic);
  const comment = topic.search(/\s#/);
  if (topicFault !== null && comment > 0) {
    const line = `${keyword} ${hasKeyword ? `${word} ` : ''}${trimBlanks(topic.slice(0, comment))}`;
    return misspelt(`a comment stands behind the topic: to mosquitto it is part of ${quote(topic)}`, line);
  }
  if (topicFault !== null) {
    return fault(
      `${quote(topic)} is no topic filter: ${topicFault}`,
      'Write + and # as whole levels, # only as the last.',
    );
  }
  const access = hasKeyword && isAccess(word) ? word : 'readwrite';
  return { kind: 'rule', isPattern: keyword === 'pattern', access, topic, hasKeyword };
}

function filterFault(topic: string): string | null {
  if (topic.split('/').length - 1 > MAX_SLASHES) return `it has more than ${MAX_SLASHES} slashes`;
  return topicFilterFault(topic);
}

function unknownAccess(keyword: string, word: string, topic: string): AclLine {
  const known = word.toLowerCase();
  const message = `${quote(word)} is no access keyword`;
  if (isAccess(known)) return misspelt(`${message}: capitals count`, `${keyword} ${known} ${topic}`);
  return fault(
    message,
    `Write: ${keyword} read, write, readwrite or deny, then the topic ${quote(`${word} ${topic}`)}.`,
  );
}

function unknownKeyword(keyword: string, text: string): AclLine {
  const message = `${quote(keyword)} is no keyword${reasonOf(keyword)}`;
  const mended = mend(text);
  if (mended !== null) return misspelt(message, mended);
  return fault(message, 'Begin the line with user, topic or pattern, or with # in the first column for a comment.');
}

function reasonOf(keyword: string): string {
  if (keyword.startsWith('\ufeff')) return ': a byte-order mark stands before it';
  if (keyword.startsWith('#')) return ': blanks stand before the #';
  if (keyword.includes('\t')) return ': a tab stands where a space must';
  return /[A-Z]/.test(keyword) ? ': capitals count' : '';
}

/** The line as it was surely meant, without byte-order mark, tabs and capitals, or `null` where that is no guess. */
function mend(text: string): string | null {
  const plain = trimBlanks(text.replace(/^\ufeff/, '').replaceAll('\t', ' '));
  if (plain.startsWith('#')) return plain;
  const [keyword, rest] = nextWord(plain);
  const [word, behind] = nextWord(rest);
  const access = word.toLowerCase();
  const tail = isAccess(access) && behind !== '' ? `${access} ${trimBlanks(behind)}` : trimBlanks(rest);
  const line = `${keyword.toLowerCase()} ${tail}`;
  const name = keyword.toLowerCase();
  if (name !== 'user' && name !== 'topic' && name !== 'pattern') return null;
  return parseAclLine(line).kind === 'fault' ? null : line;
}

function fault(message: string, cure: string): AclLine {
  return { kind: 'fault', message, cure, meant: null };
}

/** A fault whose right line is plain to see. */
function misspelt(message: string, line: string): AclLine {
  return { kind: 'fault', message, cure: `Write: ${cleanText(line)}`, meant: parseAclLine(line) };
}
