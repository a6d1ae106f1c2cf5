import { cleanText } from '../../clean-text.ts';

/** A label without the HTML that a dashboard takes, as a house file may have it. */
export function plainText(text: string): string {
  const bare = text
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&deg;/g, '°')
    .replace(/&amp;/g, '&');
  return cleanText(bare.replace(/\s+/g, ' ').trim(), 40, '').trim();
}
