import { parseJsonPath } from '../mqtt/json-path.ts';

/**
 * Expressions of Home Assistant's templates. Where a value stands in a payload: `value`, or `value_json.a["b.c"][0]`.
 */
export function valueExpression(path: string | undefined): string {
  const keys = path === undefined ? null : parseJsonPath(path);
  if (keys?.ok !== true) return 'value';
  const steps = keys.value.map(key => {
    if (/^\d+$/.test(key)) return `[${key}]`;
    return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${text(key)}]`;
  });
  return `value_json${steps.join('')}`;
}

/** A number made of it: times `scale`, plus `offset`. */
export function lineExpression(value: string, scale = 1, offset = 0): string {
  if (scale === 1 && offset === 0) return value;
  const times = scale === 1 ? '' : ` * ${scale}`;
  return `(${value} | float)${times}${offset === 0 ? '' : ` ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`}`;
}

/** Other words for some; every other stays as it is. */
export function choiceExpression(value: string, words: readonly (readonly [from: string, to: string])[]): string {
  if (words.length === 0) return value;
  return `{${words.map(([from, to]) => `${text(from)}: ${text(to)}`).join(', ')}}.get(${value}, ${value})`;
}

/** A template of a house file (`{"state":"%s"}`), with an expression in place of the sign. */
export function filledTemplate(template: string | undefined, expression: string): string {
  const inside = `{{ ${expression} }}`;
  if (template === undefined) return inside;
  // A brace right before would be read as one of the template's own.
  return template
    .replace(/%[%s]/g, sign => (sign === '%s' ? inside : '%'))
    .replaceAll(`{${inside}`, `{{ "{" }}${inside}`);
}

function text(value: string): string {
  return JSON.stringify(value);
}
