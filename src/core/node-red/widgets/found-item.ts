import { parseJsonPath } from '../../mqtt/json-path.ts';

/** The groups of a house file that widgets become. */
export type FoundGroup = 'sensors' | 'states' | 'switches' | 'numbers' | 'selects' | 'buttons';

/** What a widget is in a house file. */
export interface FoundItem {
  readonly group: FoundGroup;
  /** What it is by its topics: what shows the same has the same. */
  readonly sameAs: string;
  readonly label: string;
  /** The id of the broker's node. */
  readonly broker: string;
  /** Its fields in the house file, but for label and key. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** How much its widget says of it: of two that show one value the higher one decides. */
  readonly rank: number;
  /** What a person should look at, as clauses: `its command is retained in Node-RED`. */
  readonly notes: readonly string[];
}

/** What became of a widget: the items that it is, or why it is none. */
export type WidgetRead = { readonly items: readonly FoundItem[] } | { readonly why: string };

/** Where something is heard, as what makes it the same: a path may be written in several ways. */
export function heardKey(topic: string, path: string | undefined): string {
  const keys = parseJsonPath(path ?? '');
  return JSON.stringify(['heard', topic, keys.ok ? keys.value : []]);
}

/** Where something is commanded, and with which payload where that is its own. */
export function commandKey(topic: string, payload = ''): string {
  return JSON.stringify(['command', topic, payload]);
}

/** A label made of the end of a topic, where a widget has none of its own. */
export function labelOfTopic(topic: string): string {
  const words = topic
    .split('/')
    .filter(level => level !== '')
    .slice(-2)
    .join(' ')
    .replace(/[_-]+/g, ' ')
    .trim();
  const label = words.charAt(0).toUpperCase() + words.slice(1);
  return label === '' ? 'Value' : label.slice(0, 40);
}
