/** One line of the events list: what happened in the house, in words. */
export interface JournalEntry {
  /** Counts from 1, never used twice in a run. */
  readonly id: number;
  readonly at: number;
  readonly level: 'info' | 'good' | 'warning' | 'critical';
  readonly kind: 'link' | 'switch' | 'client' | 'sensor' | 'denial' | 'broker' | 'issue';
  /** The id of the sensor, switch or client it is about. */
  readonly subject: string | null;
  /** One sentence without a full stop, clean of control characters. */
  readonly text: string;
}
