import { freshnessOfClient } from '../../core/home/select.ts';
import { labelOf } from '../../core/house/house.ts';
import { cadenceText } from '../panels/client-lines.ts';
import type { Field } from '../panels/field-lines.ts';
import type { View } from '../text/house-view.ts';

/** Which client serves an item, and how that client is. */
export function clientField({ home }: View, itemId: string): Field {
  const clientId = home.house.servedBy.get(itemId);
  if (clientId === undefined) return { name: 'Client', text: 'none is named in the house file' };
  const { freshness } = freshnessOfClient(home, clientId);
  const cadence = freshness === 'live' ? `, ${cadenceText(home, clientId)}` : '';
  return { name: 'Client', text: `${labelOf(home.house, clientId)}: ${freshness}${cadence}` };
}
