import type { Sample } from '../history/query/summarize.ts';

/** What a sensor said in one stretch, as an engine tells it. */
export interface EnginePart {
  /** Seconds since 1970. */
  readonly from: number;
  readonly n: number;
  readonly sample: Sample;
}

/** How long somebody listened in one stretch, seconds. */
export interface HeardPart {
  readonly from: number;
  readonly heardS: number;
}

/** What an engine answers to one question about a run. */
export interface EngineAnswer {
  readonly parts: readonly EnginePart[];
  readonly heard: readonly HeardPart[];
}

/** What is asked for: the sensor of a house, in one unit; `null` for when somebody listened. */
export interface AskedSeries {
  readonly house: string;
  readonly sensor: { readonly id: string; readonly unit: string } | null;
}
