import type { Issue } from '../../core/issue.ts';
import { fail, ok, type Result } from '../../core/result.ts';

/** What a style stands for; each theme gives each of them a look. */
export const styleNames = [
  'text',
  'strong',
  'muted',
  'accent',
  'title',
  'frame',
  'label',
  'value',
  'notLive',
  'clock',
  'ok',
  'warning',
  'critical',
  'live',
  'waiting',
  'retained',
  'late',
  'stale',
  'offline',
  'on',
  'off',
  'focus',
  'key',
  'locked',
  'chart',
  'axis',
  'limit',
  'notice',
  'input',
  'bannerCritical',
  'bannerWarning',
] as const;

/** The meaning of a style. */
export type StyleName = (typeof styleNames)[number];

/** The 16 colours that a terminal's user chose, by name. */
export const colorNames = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const;

/** A named colour, a number of xterm's 256 colours, or `#rrggbb`. */
export type ThemeColor = (typeof colorNames)[number] | number | `#${string}`;

const attributeNames = ['bold', 'dim', 'underline', 'inverse'] as const;

/** How a style looks. What is absent stays the terminal's own. */
export interface ThemeStyle {
  readonly fg?: ThemeColor;
  readonly bg?: ThemeColor;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly underline?: boolean;
  readonly inverse?: boolean;
}

/** Colours and attributes by meaning. */
export interface Theme {
  readonly name: string;
  /** One line for the list of themes. */
  readonly description: string;
  readonly styles: Readonly<Record<StyleName, ThemeStyle>>;
}

/**
 * Checks a theme that was read from JSON against what themes/theme.schema.json says. A style that a theme leaves out looks like `text`.
 * The issues name the field and what is allowed there; `file` is where it was read.
 */
export function parseTheme(json: unknown, file: string): Result<Theme, readonly Issue[]> {
  const issues: Issue[] = [];
  const report = (message: string, cure: string): void => {
    issues.push({ severity: 'error', message, place: { file }, cure });
  };
  const source = isRecord(json) ? json : {};
  if (!isRecord(json))
    report('a theme is a JSON object, and this is none', 'Begin from one of the themes that come with hometui.');
  const { name, description, styles } = source;
  if (typeof name !== 'string' || !/^[a-z0-9-]{1,30}$/.test(name)) {
    report('"name" is not a name', 'Give it 1 to 30 characters of a-z, 0-9 and -.');
  }
  if (typeof description !== 'string') report('"description" is not a text', 'Describe the theme in one line.');
  for (const field of Object.keys(source)) {
    if (!['$schema', 'name', 'description', 'styles'].includes(field)) report(`"${field}" is unknown`, 'Remove it.');
  }
  if (!isRecord(styles)) report('"styles" is not an object', 'Give it one entry for each meaning.');
  else checkStyles(styles, report);
  if (issues.length > 0) return fail(issues);
  return ok({
    name: String(name),
    description: String(description),
    styles: complete(styles as Partial<Theme['styles']>),
  });
}

type Report = (message: string, cure: string) => void;

function checkStyles(styles: Record<string, unknown>, report: Report): void {
  for (const [meaning, style] of Object.entries(styles)) {
    if (!(styleNames as readonly string[]).includes(meaning)) {
      report(`styles.${meaning} is unknown`, `Use one of: ${styleNames.join(', ')}.`);
    } else if (!isRecord(style))
      report(`styles.${meaning} is not an object`, 'Write it as in {"fg": "cyan", "bold": true}.');
    else checkStyle(meaning, style, report);
  }
}

function checkStyle(meaning: string, style: Record<string, unknown>, report: Report): void {
  for (const [field, value] of Object.entries(style)) {
    const place = `styles.${meaning}.${field}`;
    if (field === 'fg' || field === 'bg') {
      if (!isColor(value)) {
        report(
          `${place} is no colour: ${JSON.stringify(value)}`,
          `Use #rrggbb, a number from 0 to 255, or one of: ${colorNames.join(', ')}.`,
        );
      }
    } else if (!(attributeNames as readonly string[]).includes(field)) {
      report(`${place} is unknown`, `Use fg, bg, ${attributeNames.join(', ')}.`);
    } else if (typeof value !== 'boolean') report(`${place} is neither true nor false`, 'Write true, or leave it out.');
  }
}

function isColor(value: unknown): value is ThemeColor {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= 255;
  return (
    typeof value === 'string' && (/^#[0-9a-fA-F]{6}$/.test(value) || (colorNames as readonly string[]).includes(value))
  );
}

function complete(styles: Partial<Theme['styles']>): Theme['styles'] {
  const text = styles.text ?? {};
  return Object.fromEntries(styleNames.map(name => [name, styles[name] ?? text])) as unknown as Theme['styles'];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
