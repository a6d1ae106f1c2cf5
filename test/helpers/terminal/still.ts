/** A screen without what goes on by itself: the clock, ages and cadences, and what is drawn of the values. */
export function stillOf(screen: string): string {
  return screen
    .replace(/\d\d:\d\d:\d\d/, '')
    .replace(/every .*/g, '')
    .replace(/[▁▂▃▄▅▆▇█·─]+/g, '')
    .replace(/\d+ (s|min) ago/g, '');
}
