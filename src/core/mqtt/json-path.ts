import { cleanText } from '../clean-text.ts';
import { fail, ok, type Result } from '../result.ts';

/** A key after a dot or at the beginning: up to the next dot or bracket; a backslash takes the next character as it is. */
const BARE = /^(?:[^.[\]\\]|\\.)+/su;
/** An index or a quoted key in brackets, as in RFC 9535 (section 2.3): `[0]`, `['a.b']`, `["1-0:1.8.0"]`. */
const BRACKETS = /^\[\s*(?:(\d+)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\]/su;

/**
 * The keys and indexes that a path names, from the outside in: `ENERGY.Power.0`, `["1-0:1.8.0"].value`, `a\.b`. The root
 * that other programs write before it (`$.value`, `.value`) is understood. The error says in a few words why it is none.
 */
export function parseJsonPath(path: string): Result<readonly string[], string> {
  if (path.includes('{{')) return fail('it is a template: write the keys alone, joined by dots');
  let rest = path.replace(/^\$(?=[.[])/, '').replace(/^\.(?!\.)/, '');
  const keys: string[] = [];
  while (rest !== '') {
    const brackets = BRACKETS.exec(rest);
    const bare = BARE.exec(rest);
    const [text = ''] = brackets ?? bare ?? [];
    if (text === '') return fail(`"${cleanText(rest, 24)}" names no key: write keys and indexes joined by dots`);
    keys.push(unescaped(brackets === null ? text : (brackets[1] ?? brackets[2] ?? brackets[3] ?? '')));
    rest = rest.slice(text.length);
    if (rest.startsWith('.')) rest = rest.slice(1) || '.';
    else if (rest !== '' && !rest.startsWith('[')) return fail(`a dot is missing before "${cleanText(rest, 24)}"`);
  }
  return keys.length === 0 ? fail('it names no key') : ok(keys);
}

/** The path that leads along these keys, as `parseJsonPath` reads it; '' for none. */
export function jsonPathOf(keys: readonly string[]): string {
  const parts = keys.map((key, place) => {
    if (/^[^.[\]\\"'\s]+$/u.test(key) && key !== '$') return place === 0 ? key : `.${key}`;
    return `["${key.replace(/["\\]/g, '\\$&')}"]`;
  });
  return parts.join('');
}

/**
 * What stands under a path in a JSON document; `undefined` where nothing does. Only what the document itself holds is
 * found: no length of a list, nothing that every object inherits.
 */
export function followJsonPath(document: unknown, keys: readonly string[]): unknown {
  let member = document;
  for (const key of keys) {
    if (typeof member !== 'object' || member === null || !Object.hasOwn(member, key)) return undefined;
    if (Array.isArray(member) && !/^\d+$/.test(key)) return undefined;
    member = (member as Record<string, unknown>)[key];
  }
  return member;
}

function unescaped(key: string): string {
  return key.replace(/\\(.)/gsu, '$1');
}
