import type { FoundItem } from '../widgets/found-item.ts';

/** Why a house file has no place for something; `null` where it has. */
export function unfitReason({ group, fields }: FoundItem): string | null {
  if (group === 'states') return 'it may be text, and a house file has numbers and switches alone';
  if (group !== 'sensors' && group !== 'switches') return 'a house file has nothing like it';
  return group === 'switches' && fields.feedback === undefined
    ? 'no answer of the device is wired to it, and a switch of a house file has one'
    : null;
}
