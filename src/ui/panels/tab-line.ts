import type { HomeState } from '../../core/home/state/state.ts';
import { type Unwell, unwellOf } from '../../core/home/summary.ts';
import { tabsOf } from '../../core/house/tabs.ts';
import { arrangementsOf, choiceOf } from '../layout/arrangement.ts';
import { itemsOf } from '../layout/items.ts';
import type { Sight } from '../state/sight.ts';
import type { HouseView } from '../text/house-view.ts';
import { fitLine, type Line, lineWidth, span, withSpot } from '../text/line.ts';

/** Whether the tabs of a house have a row of their own. */
export function hasTabs({ house }: HomeState, sight: Sight, favourites: ReadonlySet<string>): boolean {
  return arrangementsOf(house).length > 1 || favourites.size > 0 || sight === 'unwell';
}

/** The names of the tabs, each with how much on it is not well; around the chosen one where not all have room. */
export function tabLine(view: HouseView, sight: Sight, favourites: ReadonlySet<string>, width: number): Line {
  const { house } = view.home;
  const { ids } = itemsOf(house);
  const unwell = unwellOf(view.home);
  const countOf = (places: readonly number[]): readonly Unwell[] =>
    unwell.size === 0 ? [] : places.flatMap(place => unwell.get(ids[place] ?? '') ?? []);
  const tabs = tabsOf(house.config).map(({ label }, tab): Tab => {
    const name = tab < 9 ? `${tab + 1} ${label}` : label;
    return { name, found: countOf(arrangementsOf(house)[tab]?.places ?? []), isShown: sight === tab };
  });
  const chosen = choiceOf(house, favourites);
  const starred: Tab = { name: '* Favourites', found: countOf(chosen.places), isShown: sight === 'favourites' };
  const troubled: Tab = { name: '! Not well', found: countOf(choiceOf(house, unwell).places), isShown: true };
  const all = [...tabs, ...(favourites.size > 0 ? [starred] : []), ...(sight === 'unwell' ? [troubled] : [])];
  return around(
    all.map((tab, place) => withSpot(tabSpans(view, tab), 'tab', place)),
    Math.max(
      0,
      all.findIndex(tab => tab.isShown),
    ),
    width,
  );
}

interface Tab {
  readonly name: string;
  readonly found: readonly Unwell[];
  readonly isShown: boolean;
}

function tabSpans(view: HouseView, { name, found, isShown }: Tab): Line {
  const isCritical = found.includes('critical');
  const sign = isCritical ? view.glyphs.symbols.critical : view.glyphs.symbols.warning;
  const mark = found.length === 0 ? [] : [span(` ${sign}${found.length}`, isCritical ? 'critical' : 'warning')];
  const [open, close] = isShown ? ['[', ']'] : [' ', ' '];
  return [span(open, 'focus'), span(name, isShown ? 'title' : 'muted'), ...mark, span(close, 'focus')];
}

/** As many of the parts around the chosen one as fit, with a sign at each end that has more. */
function around(parts: readonly Line[], chosen: number, width: number): Line {
  const widths = parts.map(lineWidth);
  let [first, last, left] = [chosen, chosen, width - 4 - (widths[chosen] ?? 0)];
  for (let hasGrown = true; hasGrown; ) {
    hasGrown = false;
    if (last < parts.length - 1 && (widths[last + 1] ?? 0) <= left) {
      left -= widths[++last] ?? 0;
      hasGrown = true;
    }
    if (first > 0 && (widths[first - 1] ?? 0) <= left) {
      left -= widths[--first] ?? 0;
      hasGrown = true;
    }
  }
  const [before, after] = [first, parts.length - 1 - last];
  const line = [
    span(before > 0 ? '<' : ' ', 'accent'),
    ...parts.slice(first, last + 1).flat(),
    span(after > 0 ? '>' : '', 'accent'),
  ];
  return fitLine(line, width);
}
