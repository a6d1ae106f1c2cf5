import { useSyncExternalStore } from 'react';
import type { Readable } from '../state/pace.ts';

/** The newest value of a store; the component is drawn again when it says that it changed. */
export function useReadable<Value>(store: Readable<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.getState);
}
