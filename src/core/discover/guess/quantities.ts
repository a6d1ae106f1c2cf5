/** What a name and a number speak for. */
export interface Guess {
  readonly unit: string;
  readonly range?: { readonly min: number; readonly max: number };
  /** A value of the device itself, as how well it is received: no part of the house. */
  readonly isExtra: boolean;
  /** Why this unit, or why none: a sentence without a full stop. */
  readonly why: string;
}

interface Quantity {
  readonly words: RegExp;
  readonly unit: (value: number) => string | null;
  readonly range?: { readonly min: number; readonly max: number };
  readonly isExtra?: true;
}

const whole = (words: string): RegExp => new RegExp(`^(?:${words})$`);
const always = (unit: string) => (): string => unit;
const within = (unit: string, min: number, max: number) => (value: number) =>
  value >= min && value <= max ? unit : null;
const percent = { min: 0, max: 100 };

/** A battery says how full it is, or its voltage in volts or millivolts. */
function batteryUnit(value: number): string | null {
  if (value > 1_000 && value < 60_000) return 'mV';
  return value >= 0 && value <= 100 ? '%' : null;
}

/** The air's pressure in one of three units, or that of a heating or of water. */
function pressureUnit(value: number): string | null {
  if (value >= 850 && value <= 1_100) return 'hPa';
  if (value >= 85_000 && value <= 110_000) return 'Pa';
  return value >= 0 && value <= 16 ? 'bar' : null;
}

/** By words of a topic's last level or of a key, in English and German; the first that fits is taken. */
const QUANTITIES: readonly Quantity[] = [
  { words: whole('rssi|wifi|signal|snr'), unit: value => (value < 0 ? 'dBm' : ''), isExtra: true },
  { words: whole('linkquality|lqi'), unit: always('lqi'), isExtra: true },
  { words: whole('uptime'), unit: always('s'), isExtra: true },
  { words: whole('heap|free|loadavg|counter|version|channel|reset|restarts?|loops?'), unit: always(''), isExtra: true },
  { words: whole('batt|battery|akku|batterie'), unit: batteryUnit },
  {
    words: whole('temp|temps|temperature|temperatur|temperatures|vorlauf|ruecklauf|rücklauf|dewpoint|taupunkt|tc'),
    unit: within('°C', -80, 400),
  },
  {
    words: whole('hum|humidity|feuchte|luftfeuchte|feuchtigkeit|rh|moisture|bodenfeuchte'),
    unit: within('%', 0, 100),
    range: percent,
  },
  { words: whole('pressure|druck|baro|barometer|luftdruck'), unit: pressureUnit },
  { words: whole('voltage|spannung|volt|volts'), unit: value => (value > 1_000 ? 'mV' : 'V') },
  { words: whole('current|strom|ampere|amps'), unit: always('A') },
  { words: whole('power|leistung|watt|watts|apower'), unit: always('W') },
  { words: whole('energy|energie|kwh|zaehlerstand|zählerstand'), unit: always('kWh') },
  { words: whole('frequency|frequenz|freq'), unit: within('Hz', 40, 70) },
  { words: whole('illuminance|lux|helligkeit|lx'), unit: always('lx') },
  { words: whole('co2|eco2'), unit: always('ppm') },
  { words: whole('voc|tvoc'), unit: always('ppb') },
  { words: whole('pm1|pm2|pm25|pm10|pm4'), unit: always('µg/m³') },
  { words: whole('percent|prozent|percentage'), unit: within('%', 0, 100), range: percent },
];

/** What goes out to the radiators and what comes back: a temperature where both are there. */
const FLOW = /^(?:flow|supply|return)$/;
const PARTNER: Readonly<Record<string, RegExp>> = {
  flow: /^return$/,
  supply: /^return$/,
  return: /^(?:flow|supply)$/,
};
/** What water in a heating can have, °C, and what it usually has. */
const HEATING = { min: 0, max: 110 };
const USUAL = { min: 0, max: 90 };

/** The words of a name in small letters: `returnTemp2` is `return` and `temp`. */
export function wordsIn(name: string): readonly string[] {
  const parts = name.replace(/([a-zäöü])([A-Z])/g, '$1 $2').toLowerCase();
  const words = parts.split(/[^a-zäöüß0-9]+/);
  return [...new Set([...words, ...words.map(word => word.replace(/\d+$/, ''))])].filter(word => word !== '');
}

/**
 * What a number most likely is, by the words of its names (the nearest first) and its value. `beside` are the names that
 * stand beside it. A unit is a supposition: payloads seldom have one.
 */
export function quantityOf(names: readonly string[], value: number, beside: readonly string[]): Guess {
  for (const name of names) {
    const guess = ofHeating(name, value, beside) ?? ofQuantity(name, value);
    if (guess !== null) return guess;
  }
  return { unit: '', isExtra: false, why: `no unit is known: neither the payload nor "${names[0] ?? ''}" tells one` };
}

function ofHeating(name: string, value: number, beside: readonly string[]): Guess | null {
  const flow = wordsIn(name).find(word => FLOW.test(word));
  if (flow === undefined || value < HEATING.min || value > HEATING.max) return null;
  const partner = beside.find(other => wordsIn(other).some(word => PARTNER[flow]?.test(word)));
  if (partner === undefined) return null;
  const why = `°C is supposed: "${name}" stands beside "${partner}", as in a heating`;
  return { unit: '°C', isExtra: false, why, ...(value <= USUAL.max ? { range: USUAL } : {}) };
}

function ofQuantity(name: string, value: number): Guess | null {
  const words = wordsIn(name);
  for (const quantity of QUANTITIES) {
    const word = words.find(one => quantity.words.test(one));
    const unit = word === undefined ? null : quantity.unit(value);
    if (unit === null) continue;
    const { range, isExtra = false } = quantity;
    const why = unit === '' ? `no unit is known for "${name}"` : `${unit} is supposed from the word "${word}"`;
    return { unit, isExtra, why, ...(range === undefined || unit !== '%' ? {} : { range }) };
  }
  return null;
}
