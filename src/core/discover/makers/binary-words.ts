import { lookUp } from '../look-up.ts';
import type { OnOff } from '../proposal.ts';

/** What people say of the two states of a kind of binary sensor, by the names that Home Assistant has for the kinds. */
const WORDS: Readonly<Record<string, OnOff>> = {
  battery: { on: 'low', off: 'fine' },
  battery_charging: { on: 'charging', off: 'not charging' },
  carbon_monoxide: { on: 'gas', off: 'clear' },
  cold: { on: 'cold', off: 'normal' },
  connectivity: { on: 'connected', off: 'not connected' },
  door: { on: 'open', off: 'closed' },
  garage_door: { on: 'open', off: 'closed' },
  gas: { on: 'gas', off: 'clear' },
  heat: { on: 'hot', off: 'normal' },
  light: { on: 'light', off: 'dark' },
  lock: { on: 'unlocked', off: 'locked' },
  moisture: { on: 'wet', off: 'dry' },
  motion: { on: 'motion', off: 'clear' },
  moving: { on: 'moving', off: 'still' },
  occupancy: { on: 'occupied', off: 'clear' },
  opening: { on: 'open', off: 'closed' },
  plug: { on: 'plugged in', off: 'unplugged' },
  power: { on: 'power', off: 'no power' },
  presence: { on: 'home', off: 'away' },
  problem: { on: 'problem', off: 'fine' },
  running: { on: 'running', off: 'not running' },
  safety: { on: 'unsafe', off: 'safe' },
  smoke: { on: 'smoke', off: 'clear' },
  sound: { on: 'sound', off: 'quiet' },
  tamper: { on: 'tampered with', off: 'clear' },
  update: { on: 'update', off: 'up to date' },
  vibration: { on: 'vibration', off: 'still' },
  window: { on: 'open', off: 'closed' },
};

/** Zigbee2MQTT's names for the same. */
const ALIASES: Readonly<Record<string, string>> = {
  water_leak: 'moisture',
  battery_low: 'battery',
  carbon_monoxide_alarm: 'carbon_monoxide',
};

/** The words for a kind; on and off for one that is not known. */
export function binaryWords(kind: string | null): OnOff {
  const name = lookUp(ALIASES, kind ?? '') ?? kind ?? '';
  return lookUp(WORDS, name) ?? PLAIN;
}

const PLAIN: OnOff = { on: 'on', off: 'off' };

/** A contact of Zigbee2MQTT is true where it is closed. */
export const CONTACT_WORDS: OnOff = { on: 'closed', off: 'open' };
