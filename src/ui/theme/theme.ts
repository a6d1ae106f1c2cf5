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

export const attributeNames = ['bold', 'dim', 'underline', 'inverse'] as const;

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

/** A theme of these styles; one that is left out looks like `text`. */
export function makeTheme(name: string, description: string, styles: Partial<Theme['styles']>): Theme {
  const { text = {} } = styles;
  const complete = Object.fromEntries(styleNames.map(style => [style, styles[style] ?? text]));
  return { name, description, styles: complete as unknown as Theme['styles'] };
}
