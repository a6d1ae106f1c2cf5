import { type HistoryLimits, usualLimits } from '../../app/history/limits.ts';
import type { Settings } from './settings.ts';

const MIB = 1_048_576;

/** How large the history may become, by the settings. */
export function readHistoryLimits(settings: Settings): HistoryLimits {
  const { historyKeepDays, historyKeepYears, historyBudgetMb, historyFloorMb } = settings;
  return {
    readingDays: historyKeepDays?.value ?? usualLimits.readingDays,
    rollUpYears: historyKeepYears?.value ?? usualLimits.rollUpYears,
    budgetBytes: historyBudgetMb === undefined ? usualLimits.budgetBytes : historyBudgetMb.value * MIB,
    floorBytes: historyFloorMb === undefined ? usualLimits.floorBytes : historyFloorMb.value * MIB,
  };
}
