/** The part of asciichart 1.5 that is used; the package has no types of its own. */
declare module 'asciichart' {
  export interface PlotConfig {
    readonly min?: number;
    readonly max?: number;
    readonly offset?: number;
    readonly height?: number;
    readonly symbols?: readonly string[];
    readonly format?: (value: number) => string;
  }
  /** Throws on an empty series and on values that are not finite. */
  export function plot(series: readonly number[], config?: PlotConfig): string;
}
