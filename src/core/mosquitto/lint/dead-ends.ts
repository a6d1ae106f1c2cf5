import { nearestWord } from '../../nearest-word.ts';
import type { AclRule } from '../acl-file.ts';
import { quote } from '../acl-line.ts';
import { filterCovers, filtersOverlap } from '../filter-relation.ts';
import { grants, keywordOf, type LintRule, ownerName, warnAt } from './input.ts';

/** A rule that lets write and one that lets read, of which the one never reaches the other. */
interface Pair {
  readonly writer: AclRule;
  readonly reader: AclRule;
}

/** How the filters of a pair differ, in words to be put behind `they differ in`. */
type Difference = 'capitals, which count' | 'a slash at the end or the beginning' | 'spelling';

/**
 * Topics in two spellings: what one writes on the one, nobody hears but who may read everything, and somebody reads the
 * other. Those that differ in capitals or a slash are surely one topic; words that are merely alike only where both ends
 * are dead, or where a user has both spellings in its own section.
 */
export const twoSpellings: LintRule = ({ acl }) => {
  const narrow = acl.rules.filter(rule => rule.access !== 'deny' && !isEverything(rule));
  const writers = narrow.filter(rule => grants(rule, 'write'));
  const readers = narrow.filter(rule => grants(rule, 'read'));
  const unheard = writers.filter(writer => !readers.some(reader => serves(writer, reader)));
  const unserved = readers.filter(reader => !writers.some(writer => serves(writer, reader)));
  const isMeant = ({ writer, reader }: Pair): boolean => {
    const difference = differenceOf(writer, reader);
    if (difference !== 'spelling') return difference !== null;
    if (unheard.includes(writer) && unserved.includes(reader)) return true;
    return narrow.some(
      rule =>
        (unheard.includes(writer) && isOf(rule, writer) && grants(rule, 'write') && meets(rule, reader)) ||
        (unserved.includes(reader) && isOf(rule, reader) && grants(rule, 'read') && meets(rule, writer)),
    );
  };
  const found = unheard.flatMap(writer => nearest(readers.map(reader => ({ writer, reader })).filter(isMeant)));
  const rest = unserved
    .filter(reader => !found.some(pair => pair.reader === reader))
    .flatMap(reader => nearest(writers.map(writer => ({ writer, reader })).filter(isMeant)));
  return [...found, ...rest].map(({ writer, reader }) => {
    const [one, two] = [oddness(writer, narrow), oddness(reader, narrow)];
    const isWriterOdd = unheard.includes(writer) && one >= two;
    const [odd, other] = isWriterOdd ? [writer, reader] : [reader, writer];
    const message =
      `what ${ownerName(writer)} may write on ${quote(writer.topic)} (line ${writer.line}) never reaches ` +
      `${quote(reader.topic)} of ${ownerName(reader)} (line ${reader.line}): they differ in ${differenceOf(writer, reader)}`;
    return warnAt(acl, odd.line, message, `Write one topic in one way, here: ${respelled(odd, other)}`);
  });
};

/** The pair that differs the least: in capitals or a slash before it differs in words. */
function nearest(pairs: readonly Pair[]): readonly Pair[] {
  const sure = pairs.find(({ writer, reader }) => differenceOf(writer, reader) !== 'spelling');
  return [sure ?? pairs[0]].filter(pair => pair !== undefined);
}

function isOf(rule: AclRule, other: AclRule): boolean {
  return rule !== other && JSON.stringify(rule.owner) === JSON.stringify(other.owner);
}

function isEverything(rule: AclRule): boolean {
  return filterCovers(rule.topic, '#') || filterCovers(rule.topic, '+/#');
}

/** Whether what the one lets write may reach the other: somebody else, for who hears only itself is alone. */
function serves(writer: AclRule, reader: AclRule): boolean {
  const isItself = writer.owner.kind === 'user' && JSON.stringify(writer.owner) === JSON.stringify(reader.owner);
  return !isItself && meets(writer, reader);
}

/** Whether what the one lets write may be what the other lets read. */
function meets(one: AclRule, other: AclRule): boolean {
  return filtersOverlap(filterOf(one), filterOf(other));
}

/** A rule's filter; the placeholders of a pattern may stand for any level. */
function filterOf({ owner, topic }: AclRule): string {
  if (owner.kind !== 'pattern') return topic;
  return topic
    .split('/')
    .map(level => (/%[cu]/.test(level) ? '+' : level))
    .join('/');
}

/** `null` where they meet, or have nothing to do with each other. */
function differenceOf(writer: AclRule, reader: AclRule): Difference | null {
  const [one, other] = [filterOf(writer), filterOf(reader)];
  if (filtersOverlap(one, other)) return null;
  const [left, right] = [plain(one), plain(other)];
  if (/^[+#]/.test(right)) return null;
  if (filtersOverlap(one.toLowerCase(), other.toLowerCase())) return 'capitals, which count';
  if (filtersOverlap(left, right)) return 'a slash at the end or the beginning';
  return areAlike(left.split('/'), right.split('/')) ? 'spelling' : null;
}

function plain(topic: string): string {
  return topic.toLowerCase().replace(/^\/+/, '').replace(/\/+$/, '');
}

/** Whether each level is the other's or a word like it. */
function areAlike(one: readonly string[], other: readonly string[]): boolean {
  const isOpen = one.at(-1) === '#' || other.at(-1) === '#';
  if (!isOpen && one.length !== other.length) return false;
  const shared = Math.min(one.length, other.length);
  return one.slice(0, shared).every((level, index) => {
    const there = other[index] ?? '';
    return level === there || /^[+#]$/.test(level) || /^[+#]$/.test(there) || isAlike(level, there);
  });
}

/** Two spellings of one word: `cellar` and `keller`, but neither `sensor1` and `sensor2` nor `on` and `off`. */
function isAlike(one: string, other: string): boolean {
  if (one.length < 3 || other.length < 3 || one.replace(/\d+/g, '') === other.replace(/\d+/g, '')) return false;
  return nearestWord(one, [other]) !== null && nearestWord(other, [one]) !== null;
}

/**
 * How likely it is that a rule is the misspelt one: the fewer others begin with its word, and the more capitals and
 * slashes at its ends it has.
 */
function oddness({ topic }: AclRule, all: readonly AclRule[]): number {
  const [first] = plain(topic).split('/');
  const others = all.filter(rule => plain(rule.topic).split('/')[0] === first).length;
  return (topic.match(/[A-Z]/g) ?? []).length + (topic.match(/^\/|\/$/g) ?? []).length - others * all.length;
}

/** A line with the other's spelling, level by level as far as the other names it. */
function respelled(rule: AclRule, other: AclRule): string {
  const { access, topic } = rule;
  const spelled = other.topic.split('/').filter(level => level !== '');
  const levels = topic.split('/').filter(level => level !== '');
  const mended = levels.map((level, index) => {
    const there = spelled[index] ?? level;
    if (/[+#%]/.test(there)) return level;
    const [one, two] = [level.toLowerCase(), there.toLowerCase()];
    return one === two || isAlike(one, two) ? there : level;
  });
  const slash = other.topic.startsWith('/') ? '/' : '';
  return `${keywordOf(rule)} ${access} ${slash}${mended.join('/')}`;
}
