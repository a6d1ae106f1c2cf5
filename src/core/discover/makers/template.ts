import { jsonPathOf } from '../../mqtt/json-path.ts';
import { fail, ok, type Result } from '../../result.ts';

/** What a template takes out of a payload: the member under `path`, or the whole of it. */
export interface Template {
  readonly path?: string;
  /** Digits that it rounds to. */
  readonly decimals?: number;
}

const WHOLE = /^\s*\{\{-?\s*([^{}]+?)\s*-?\}\}\s*$/s;
const ROOT = /^(value_json|value)/;
const STEP = /^(?:\.([A-Za-z_]\w*)|\[\s*'([^'\\]*)'\s*\]|\[\s*"([^"\\]*)"\s*\]|\[\s*(\d+)\s*\])/;
const FILTER = /^(?:float|int|round|default)(?:\(\s*([^()]*?)\s*\))?$/;

/**
 * Reads a value template of Home Assistant: a member of a JSON document or the value itself, with filters that change no
 * meaning. There is no Jinja here: all else is not understood, and nothing is made up for it.
 */
export function parseTemplate(template: string): Result<Template, string> {
  const inner = WHOLE.exec(template)?.[1];
  if (inner === undefined) return fail('its template is a program, which hometui does not run');
  const [expression = '', ...filters] = inner.split('|').map(part => part.trim());
  const path = pathOf(expression);
  if (path === null) return fail('its template is a program, which hometui does not run');
  let decimals = Number.NaN;
  for (const filter of filters) {
    const match = FILTER.exec(filter);
    if (match === null) return fail(`its template uses "${filter.slice(0, 30)}", which hometui does not know`);
    if (filter.startsWith('int')) decimals = 0;
    if (filter.startsWith('round')) decimals = Number(match[1]?.split(',')[0] ?? 0);
  }
  const isKept = Number.isInteger(decimals) && decimals >= 0;
  return ok({
    ...(path.length === 0 ? {} : { path: jsonPathOf(path) }),
    ...(isKept ? { decimals: Math.min(3, decimals) } : {}),
  });
}

/** The keys that an expression leads along; `null` where it is another one. */
function pathOf(expression: string): readonly string[] | null {
  const root = ROOT.exec(expression)?.[0];
  if (root === undefined) return null;
  let rest = expression.slice(root.length);
  const keys: string[] = [];
  for (let step = STEP.exec(rest); step !== null; step = STEP.exec(rest)) {
    keys.push(step[1] ?? step[2] ?? step[3] ?? step[4] ?? '');
    rest = rest.slice(step[0].length);
  }
  const isFit = root === 'value' ? keys.length === 0 : keys.length > 0;
  return rest === '' && isFit ? keys : null;
}

/**
 * A command template as the house file has it, with `%s` for the value: a text with the value in it once. `null` where it
 * is the value alone.
 */
export function parseCommandTemplate(template: string): Result<string | null, string> {
  const parts = template.split(/\{\{-?\s*value\s*-?\}\}/);
  const isPlain = parts.length === 2 && !/\{\{|\{%|%s/.test(parts.join(''));
  if (!isPlain) return fail('its command template is a program, which hometui does not run');
  return ok(parts.join('') === '' ? null : parts.join('%s'));
}
