import type { Limits } from '../../house/schema.ts';

/** A stretch of a gauge's scale: from where on, and in which colour. */
export interface Band {
  readonly from: number;
  readonly color: string;
}

/** The limits that the colours of a gauge stand for. */
export interface BandLimits {
  readonly warning?: Limits;
  readonly critical?: Limits;
}

type Level = 'good' | 'warning' | 'critical';

/**
 * Reads limits off the colours: green is good, yellow and orange warn, red is critical, by their hue. `null` where one of
 * them is none of these, or nothing is good.
 */
export function limitsOfBands(bands: readonly Band[]): BandLimits | null {
  const sorted = bands.toSorted((one, other) => one.from - other.from);
  const levels = sorted.map(({ color }) => levelOf(color));
  const [first, last] = [levels.indexOf('good'), levels.lastIndexOf('good')];
  if (first < 0 || levels.includes(null)) return null;
  const above = (level: Level): number | undefined =>
    sorted.find((_, place) => place > last && (levels[place] === level || levels[place] === 'critical'))?.from;
  const below = (level: Level): number | undefined => {
    const place = levels.findLastIndex((there, index) => index < first && (there === level || there === 'critical'));
    return place < 0 ? undefined : sorted[place + 1]?.from;
  };
  const critical = limitsOf(below('critical'), above('critical'));
  const warning = limitsOf(
    below('warning') === below('critical') ? undefined : below('warning'),
    above('warning') === above('critical') ? undefined : above('warning'),
  );
  return { ...(warning === null ? {} : { warning }), ...(critical === null ? {} : { critical }) };
}

function limitsOf(low: number | undefined, high: number | undefined): Limits | null {
  if (low === undefined && high === undefined) return null;
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

/** By hue in degrees; `null` for a grey, a blue, and what is no colour that we read. */
function levelOf(color: string): Level | null {
  const named = NAMED[color.trim().toLowerCase()];
  if (named !== undefined) return named;
  const hue = hueOf(color);
  if (hue === null) return null;
  if (hue < 20 || hue >= 340) return 'critical';
  if (hue < 65) return 'warning';
  return hue < 170 ? 'good' : null;
}

const NAMED: Readonly<Record<string, Level>> = {
  green: 'good',
  lime: 'good',
  yellow: 'warning',
  orange: 'warning',
  gold: 'warning',
  red: 'critical',
};

function hueOf(color: string): number | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})(?:[0-9a-f]{2})?$/i.exec(color.trim())?.[1];
  const digits =
    hex === undefined ? [] : hex.length === 3 ? [...hex].map(digit => digit + digit) : (hex.match(/../g) ?? []);
  const numbers =
    digits.length > 0
      ? digits.map(pair => Number.parseInt(pair, 16))
      : (/^rgba?\((\d+),\s*(\d+),\s*(\d+)/.exec(color.trim()) ?? []).slice(1).map(Number);
  const [red = 0, green = 0, blue = 0] = numbers;
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  // A grey has no hue, and a colour next to grey none that says anything.
  if (numbers.length < 3 || most - least < 40) return null;
  const part =
    most === red
      ? (green - blue) / (most - least)
      : most === green
        ? 2 + (blue - red) / (most - least)
        : 4 + (red - green) / (most - least);
  return (part * 60 + 360) % 360;
}
