/** What a piece of text means; the caller knows whether and how that can be coloured. */
export type Role = 'title' | 'good' | 'warning' | 'critical' | 'quiet';

/** Dresses a text by its meaning; text that goes into a pipe stays as it is. */
export type Style = (text: string, role: Role) => string;

/** No dress at all. */
export const plainStyle: Style = text => text;
