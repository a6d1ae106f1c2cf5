import { isHistoryFault } from '../../io/history-store/trouble.ts';

/** Reads the past, which may be gone at any moment: its disk may be pulled, its folder removed. */
export interface Guard {
  /** What is read, or `otherwise` where that cannot be done. */
  readonly attempt: <Value>(read: () => Value, otherwise: Value) => Value;
  /** The same of what is read piece by piece. */
  readonly wait: <Value>(read: () => Promise<Value>, otherwise: Value) => Promise<Value>;
  /** Why it cannot be read, one sentence without a full stop; `null` where it can, or nobody tried since. */
  readonly trouble: () => string | null;
  /** What stood in the way may be over. */
  readonly forget: () => void;
}

/** Makes it; `onTrouble` is called each time that something stands in the way. What is a fault of ours is thrown on. */
export function openGuard(inWords: (error: unknown) => string, onTrouble: () => void): Guard {
  let trouble: string | null = null;
  const take = (error: unknown): void => {
    if (!isHistoryFault(error)) throw error;
    trouble = inWords(error);
    onTrouble();
  };
  return {
    attempt: (read, otherwise) => {
      try {
        return read();
      } catch (error) {
        take(error);
        return otherwise;
      }
    },
    wait: async (read, otherwise) => {
      try {
        return await read();
      } catch (error) {
        take(error);
        return otherwise;
      }
    },
    trouble: () => trouble,
    forget: () => {
      trouble = null;
    },
  };
}
