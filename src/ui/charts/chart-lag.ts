/** Within which all sparklines move on once, ms. */
const ROUND_MS = 10_000;

/**
 * How long after the begin of a column the sparkline of a sensor moves on, ms; `place` is that of the sensor in the house.
 * Each moves in a second of its own, and the first six not in that in which the clock changes its tens: all of them at
 * once are a burst on a thin line.
 */
export const sparklineLagMs = (place: number): number => ((2 + 3 * place) % 10) * 1_000;

/** The same of a chart: a second after the sparkline. */
export const chartLagMs = (place: number): number => (sparklineLagMs(place) + 1_000) % ROUND_MS;
