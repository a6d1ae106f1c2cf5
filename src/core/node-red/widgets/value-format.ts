import { metricUnit } from '../../prometheus-unit.ts';
import { isSameUnit } from '../../unit.ts';
import { payloadKeys } from '../trace/property-path.ts';
import { plainText } from './plain-text.ts';

/** How a widget shows a value: `{{msg.payload.t | number:1}} °C`. */
export interface ValueFormat {
  readonly keys: readonly string[];
  /** Digits behind the point, where it says so. */
  readonly decimals: number | null;
  /** What stands behind the value. */
  readonly suffix: string;
}

const PLACEHOLDER = /\{\{(.*?)\}\}/gs;
const SIMPLE = /^\s*(?:msg\.)?(payload[^\s|]*|value)\s*(?:\|\s*number\s*(?::\s*(\d+))?\s*)?$/;

/** Reads a format; `null` for one that shows several values, or computes. */
export function parseFormat(format: string): ValueFormat | null {
  const found = [...format.matchAll(PLACEHOLDER)];
  const [placeholder] = found;
  if (placeholder === undefined || found.length > 1) return null;
  const [, property = '', digits] = SIMPLE.exec(placeholder[1] ?? '') ?? [];
  const keys = property === 'value' ? [] : payloadKeys(property);
  if (keys === null) return null;
  const suffix = plainText(format.slice(placeholder.index + placeholder[0].length));
  return { keys, decimals: digits === undefined ? null : Math.min(3, Number(digits)), suffix };
}

/** Units that no metric is named after, and that stand on dashboards. */
const OTHER_UNITS = [
  'dB',
  'dBm',
  'rpm',
  'U/min',
  '1/min',
  'µg/m³',
  'mg/m³',
  'g/m³',
  'pH',
  'ppb',
  'kn',
  'mm/h',
  'l/m²',
  'VA',
  'var',
];

/** The unit that a text is; '' for a text that is none, and for the word that dashboards begin with. */
export function unitIn(text: string): string {
  const plain = plainText(text);
  const [, inBrackets = plain] = /[([](.{1,8})[)\]]\s*$/.exec(plain) ?? [];
  return isUnit(inBrackets) ? inBrackets : '';
}

function isUnit(text: string): boolean {
  if (text === '') return false;
  return metricUnit(text) !== null || OTHER_UNITS.some(unit => isSameUnit(unit, text)) || isSameUnit('°C', text);
}

/** The unit of a field that is meant for one: taken as it stands, if a house file can have it. */
export function unitOfField(text: string): string {
  const plain = plainText(text);
  return plain === 'units' || plain.length > 8 ? unitIn(plain) : plain;
}
