import type { Explorer } from '../../app/explorer/explorer.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { HouseProposal } from '../../core/discover/house/topic-item.ts';
import { clearReport } from '../../core/explorer/clear-report.ts';
import { publishVerdict, type TopicMessage } from '../../core/explorer/publish-verdict.ts';
import { type TopicNode, topicOf } from '../../core/explorer/topic-node.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { readTopics } from '../../core/house/house.ts';
import { matchesFilter } from '../../core/mqtt/topic.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';
import { editForm, formLines, openForm, type PublishForm } from '../../ui/explorer/publish-form.ts';
import {
  type ClearPlan,
  clearPlan,
  clearQuestion,
  publishQuestion,
  templatesFor,
} from '../../ui/explorer/questions.ts';
import type { TopicDialog } from '../../ui/state/app-state.ts';
import type { Readable } from '../../ui/state/pace.ts';
import type { HouseView, Lines, Size } from '../../ui/text/house-view.ts';
import { addToHouse, proposeFor } from './add-to-house.ts';

/** What is published and cleared among the topics: written, asked about, carried out and told. */
export interface PublishDesk {
  /** Begins to write a message for a topic. */
  readonly write: (node: TopicNode | null) => void;
  /** Asks about what is retained at a level and below it. */
  readonly clear: (node: TopicNode | null) => void;
  /** Proposes a topic, or one of the numbers in it, for the house file. */
  readonly add: (node: TopicNode | null, number: number) => void;
  readonly answer: (isYes: boolean) => void;
  readonly type: (key: KeyEvent) => void;
  readonly isWriting: () => boolean;
  /** The message that is being written; `null` where none is. */
  readonly lines: (view: HouseView, size: Size) => Lines | null;
}

/** What it is given. */
export interface PublishDeskSetup {
  readonly explorer: Explorer;
  readonly house: Readable<HomeState>;
  /** The house file; `null` where the house is a preset. */
  readonly housePath: string | null;
  readonly say: (text: string) => void;
  /** Asks before it is done. */
  readonly askBefore: (dialog: TopicDialog) => void;
}

/** So many of the payloads that were published are offered again. */
const MOST_SENT = 20;

/** What is done when the answer is yes. */
type Asked =
  | { readonly publish: TopicMessage }
  | { readonly clear: ClearPlan }
  | { readonly add: HouseProposal; readonly path: string };

/** Opens it. */
export function openPublishDesk(setup: PublishDeskSetup): PublishDesk {
  const { explorer, house, say, askBefore } = setup;
  let form: PublishForm | null = null;
  let asked: Asked | null = null;
  let sent: readonly string[] = [];
  const ask = (dialog: TopicDialog, what: Asked): void => {
    asked = what;
    askBefore(dialog);
  };
  return {
    write: node => {
      const topic = node === null ? '' : topicOf(node);
      const last = node === null ? undefined : explorer.values.of(node).at(-1);
      form = openForm(topic, templatesFor(topic, last, sent, house.getState()));
    },
    clear: node => {
      if (node === null) return say('Choose a topic first');
      const plan = clearPlan(node);
      if (plan.ok) ask(clearQuestion(plan.value), { clear: plan.value });
      else say(plan.error);
    },
    add: (node, number) => {
      const { housePath } = setup;
      if (node === null || node.self === null) return say('Choose a topic first');
      if (housePath === null) return say('This house is a preset: a house file is added to, with --house FILE');
      void proposeFor(node, number, explorer, house.getState().house).then(proposed => {
        // Something else is asked or written by now.
        if (asked !== null || form !== null) return;
        if (!proposed.ok) return say(proposed.error);
        const { label, panel, text, evidence } = proposed.value;
        const where = `It comes on the panel ${panel} of ${cleanText(housePath)}, and nothing there is changed`;
        ask(
          { question: `Add ${label} to the house?`, facts: [text, ...evidence, where] },
          { add: proposed.value, path: housePath },
        );
      });
    },
    answer: isYes => {
      const what = asked;
      asked = null;
      if (what === null) return;
      if (!isYes) return say('add' in what ? 'The house was left as it is' : 'Nothing was published');
      if ('publish' in what) {
        form = null;
        sent = [...new Set([what.publish.payload, ...sent])].slice(0, MOST_SENT);
      }
      void carryOut(what, setup).then(say);
    },
    type: key => {
      if (form === null) return;
      const step = editForm(form, key);
      form = step.form;
      if (step.say !== undefined) say(step.say);
      const { message } = step;
      if (message !== undefined) ask(publishQuestion(message, house.getState()), { publish: message });
    },
    isWriting: () => form !== null,
    lines: (view, size) => (form === null ? null : formLines(view, form, size)),
  };
}

/** Does it, and gives what became of it in words. */
async function carryOut(what: Asked, { explorer, house }: PublishDeskSetup): Promise<string> {
  if ('add' in what) return addToHouse(what.path, what.add);
  if ('clear' in what) return clearReport(await explorer.clear(what.clear.topics, what.clear.filter));
  const seen = await explorer.publish(what.publish);
  const home = house.getState();
  const isHeardByUs = readTopics(home.house).some(filter => matchesFilter(filter, seen.message.topic));
  return publishVerdict({ ...seen, isHeardByUs, isEchoSure: home.echoOrder === 'before-ack' }).text;
}
