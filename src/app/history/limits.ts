import { keepAll, type Retention } from '../../core/history/retention.ts';

/** How large a history may become. */
export interface HistoryLimits extends Retention {
  /** Below so much free room on the disk no values are recorded, bytes. */
  readonly floorBytes: number;
}

/** Where the settings say nothing: all is kept, and the last 100 MB of the disk are left to others. */
export const usualLimits: HistoryLimits = { ...keepAll, floorBytes: 100 * 1_048_576 };
