/**
 * Topic names and topic filters by the standard: MQTT 5.0 section 4.7 (the same in 3.1.1 section 4.7).
 * Levels are separated by `/`; an empty level is a level; matching is case-sensitive, character for character.
 */

/** The longest UTF-8 string the protocol can carry, in bytes (section 1.5.4). */
const MAX_TOPIC_BYTES = 65_535;

/** Why a text is no valid topic name, in words, or `null` where it is one (section 4.7.1 and 4.7.3). */
export function topicNameFault(topic: string): string | null {
  const fault = stringFault(topic);
  if (fault !== null) return fault;
  if (/[+#]/.test(topic)) return 'a topic name must not contain the wildcards + and #';
  return null;
}

/** Why a text is no valid topic filter, in words, or `null` where it is one (section 4.7.1). */
export function topicFilterFault(filter: string): string | null {
  const fault = stringFault(filter);
  if (fault !== null) return fault;
  const levels = filter.split('/');
  for (const [index, level] of levels.entries()) {
    if (level.includes('#') && level !== '#') return '# must stand alone in its level';
    if (level === '#' && index !== levels.length - 1) return '# must be the last level';
    if (level.includes('+') && level !== '+') return '+ must stand alone in its level';
  }
  return null;
}

/**
 * Whether a topic filter matches a topic name. `#` matches its parent level too (`a/#` matches `a`), and a wildcard in
 * the first level matches no topic that begins with `$` (section 4.7.2). Both are taken to be valid.
 */
export function matchesFilter(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && !filter.startsWith('$')) return false;
  const filterLevels = filter.split('/');
  const topicLevels = topic.split('/');
  for (const [index, level] of filterLevels.entries()) {
    if (level === '#') return true;
    const topicLevel = topicLevels[index];
    if (topicLevel === undefined) return false;
    if (level !== '+' && level !== topicLevel) return false;
  }
  return filterLevels.length === topicLevels.length;
}

function stringFault(text: string): string | null {
  if (text === '') return 'it must have at least one character';
  if (text.includes('\u0000')) return 'it must not contain the null character';
  if (!isWellFormed(text)) return 'it must be valid UTF-8';
  if (utf8Length(text) > MAX_TOPIC_BYTES) return `it must not be longer than ${MAX_TOPIC_BYTES} bytes`;
  return null;
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
