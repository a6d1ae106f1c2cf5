/** The longest id of a house file, characters. */
const LONGEST_ID = 40;
/** Names that each object of JavaScript has from birth: no id of a house file. */
const RESERVED_IDS: ReadonlySet<string> = new Set(['constructor', 'prototype']);

/** Gives ids that are not taken, and notes them as taken. */
export function createIds(taken: Iterable<string>): (label: string, device: string | null) => string {
  const used = new Set([...taken, ...RESERVED_IDS]);
  return (label, device) => {
    const [plain, longer] = [idOf(label), device === null ? '' : idOf(`${device} ${label}`)];
    const id = [plain, longer].find(one => one !== '' && !used.has(one)) ?? numbered(longer || plain || 'item', used);
    used.add(id);
    return id;
  };
}

function numbered(begin: string, used: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) {
    const id = `${begin.slice(0, LONGEST_ID - 5)}-${number}`;
    if (!used.has(id)) return id;
  }
}

const LETTERS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', µ: 'u' };

/** A label as an id: small letters and digits with a dash between words; empty where nothing of it can be one. */
function idOf(label: string): string {
  const plain = label
    .toLowerCase()
    .replace(/[äöüßµ]/g, letter => LETTERS[letter] ?? '')
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return plain.slice(0, LONGEST_ID).replace(/-+$/, '');
}

/** Gives each label a free key of it, and `undefined` where none is left. */
export function createKeys(taken: Iterable<string>): (label: string) => string | undefined {
  const used = new Set(taken);
  return label => {
    const key = [...label.toLowerCase()].find(letter => /[a-z0-9]/.test(letter) && !used.has(letter));
    if (key !== undefined) used.add(key);
    return key;
  };
}
