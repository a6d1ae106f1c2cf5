// Loaded into the console that is measured (node -r), before its own program: answers what cannot be seen from outside.
// A question is a word in the file `question` in HOME and a SIGUSR2; the answer is the file `answer` beside it, JSON.
// What an answer takes is loaded and set when it is first asked, so that a console that is not asked runs as without this.
const { existsSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { promisify } = require('node:util');

/** Of the watch over the event loop, ms: what is shorter is not seen, and what is longer by up to so much too short. */
const LOOK_EVERY_MS = 5;
/** The house's day in a hurry goes by in 6 s: each sensor speaks in each stretch of the coarsest series. */
const HURRY_EVERY_MS = 20;
const HURRIED_MS = 5 * 60_000;

const nextTurn = promisify(setImmediate);
let collect = null;
let looks = null;
let hurry = null;

const answers = {
  /** Bytes that are in use after a full collection, those outside of V8's heap too. */
  heap: async () => {
    collect ??= exposeCollection();
    // What a finalizer or a weak reference lets go of is gone with the next one.
    for (let round = 0; round < 3; round += 1) {
      collect();
      await nextTurn();
    }
    const { heapUsed, external } = process.memoryUsage();
    return { heapUsed, external };
  },
  /** From now on the house's clock goes by in steps of five minutes, so that a day is over in seconds. */
  hurry: () => {
    const wall = Date.now;
    let aheadMs = 0;
    Date.now = () => wall() + aheadMs;
    hurry = setInterval(() => {
      aheadMs += HURRIED_MS;
    }, HURRY_EVERY_MS);
    return true;
  },
  /** From now on at its own pace again. */
  calm: () => {
    clearInterval(hurry);
    return true;
  },
  /** How long the event loop was blocked at each look since the question before, ms; begins to look at the first one. */
  blocks: () => {
    looks ??= watchLoop();
    return looks.splice(0);
  },
};

function exposeCollection() {
  require('node:v8').setFlagsFromString('--expose-gc');
  return require('node:vm').runInNewContext('gc');
}

/** The wait for a core of the machine is no block: the kernel says how long that was (proc(5), schedstat). */
function watchLoop() {
  const schedule = openSchedule();
  const blockedMs = [];
  let lookedAt = performance.now();
  let waitedMs = schedule();
  setInterval(() => {
    const [now, waited] = [performance.now(), schedule()];
    const lateMs = now - lookedAt - LOOK_EVERY_MS - (waited - waitedMs);
    blockedMs.push(Number(Math.max(0, lateMs).toFixed(2)));
    [lookedAt, waitedMs] = [now, waited];
  }, LOOK_EVERY_MS);
  return blockedMs;
}

function openSchedule() {
  const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  const bytes = Buffer.alloc(100);
  return () => Number(bytes.latin1Slice(0, readSync(file, bytes, 0, bytes.length, 0)).split(' ')[1]) / 1e6;
}

process.on('SIGUSR2', async () => {
  const [question, answer] = ['question', 'answer'].map(name => join(process.env.HOME, name));
  // The signal may come twice for one question.
  if (!existsSync(question)) return;
  const word = readFileSync(question, 'utf8');
  rmSync(question);
  writeFileSync(`${answer}.new`, JSON.stringify(await answers[word]()));
  renameSync(`${answer}.new`, answer);
});
