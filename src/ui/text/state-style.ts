import type { Level } from '../../core/home/readings/level.ts';
import type { Freshness } from '../../core/home/state/client.ts';
import type { StyleName } from '../theme/theme.ts';

/** The style of a freshness. */
export const freshnessStyle: Readonly<Record<Freshness, StyleName>> = {
  waiting: 'waiting',
  retained: 'retained',
  live: 'live',
  late: 'late',
  stale: 'stale',
  offline: 'offline',
  forged: 'critical',
  replayed: 'critical',
  unsealed: 'critical',
};

/** The style of a level. */
export const levelStyle: Readonly<Record<Level, StyleName>> = { ok: 'ok', warning: 'warning', critical: 'critical' };
