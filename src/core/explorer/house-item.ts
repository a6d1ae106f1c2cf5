import { cleanText } from '../clean-text.ts';
import { freeId } from '../house/free-name.ts';
import { placedItems } from '../house/groups.ts';
import type { House } from '../house/house.ts';
import type { HouseAdditions } from '../house/merge.ts';
import { fail, ok, type Result } from '../result.ts';
import { type NumberPath, numberAt, pathText, unitAt } from './numbers.ts';
import type { PastValue } from './recent-values.ts';

/** An item that is proposed for a house file. */
export interface HouseProposal {
  readonly additions: HouseAdditions;
  readonly label: string;
  readonly panel: string;
  /** What it is, for a question: `a sensor on heating/flow, in °C`. */
  readonly text: string;
}

/** What comes from the topics stands there until a person gives it its place. */
const PANEL = 'Topics';
/** The longest label, and the longest unit, of a house file. */
const LABEL = 40;
const UNIT = 8;

/**
 * What a topic would be in the house: a sensor where its value, or the chosen one in it, is a number; else a state. The
 * error says why it is none, one sentence.
 */
export function proposeItem(
  topic: string,
  value: PastValue | undefined,
  path: NumberPath | undefined,
  house: House,
): Result<HouseProposal, string> {
  if (value === undefined) return fail('Nothing is kept of what it said: wait for its next message');
  const isNumber = path !== undefined && numberAt(value, path) !== null;
  if (!isNumber && /^\s*[[{]/.test(value.payload))
    return fail('Nothing in it is a number: of a document only these are taken');
  const field = isNumber && path.length > 0 ? { path: pathText(path) } : {};
  const items = placedItems(house.config);
  const known = items.find(({ item }) => item.topic === topic && item.path === field.path);
  if (known !== undefined) return fail(`It is in the house already: ${known.item.label}`);
  const name = (isNumber ? path.at(-1) : undefined) ?? topic.split('/').findLast(level => level !== '') ?? '';
  const label = cleanText(name, LABEL).replaceAll('\u{fffd}', '').trim() || 'Value';
  const id = freeId([label, topic], new Set([...items.map(item => item.id), ...Object.keys(house.config.clients)]));
  const unit = isNumber ? unitAt(value, path).slice(0, UNIT) : '';
  const item = { label, topic, ...field, ...(isNumber ? { unit } : {}) };
  const where = `${cleanText(topic, 120)}${field.path === undefined ? '' : `, ${cleanText(field.path, 80)}`}`;
  return ok({
    additions: {
      groups: { [isNumber ? 'sensors' : 'states']: { [id]: item } },
      panels: [{ label: PANEL, items: [id] }],
      tabs: [],
    },
    ...{ label, panel: PANEL },
    text: `${isNumber ? 'a sensor' : 'a state'} on ${where}${unit === '' ? '' : `, in ${cleanText(unit)}`}`,
  });
}
