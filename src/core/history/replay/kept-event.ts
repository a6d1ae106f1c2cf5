import type { HomeEvent } from '../../home/state/event.ts';

/** Something that came into the house, as it came, so that it can come in again. Its `at` is by the wall clock of then. */
export interface KeptEvent {
  readonly event: HomeEvent;
  /** Of a `switch-requested`: the number of the command that it led to, by which its answers name it. */
  readonly commandId: number | null;
  /** Of a message: the sensors whose value in it was not believed, so that no value was kept of it; absent for none. */
  readonly doubted?: readonly string[];
}
