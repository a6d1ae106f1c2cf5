// Loaded into a program (node -r), before its own: notes each file that it asks the system for, and each text that it writes
// to standard output, in their order, as lines of JSON in the file that HOMETUI_TEST_TOLD names.
const fs = require('node:fs');

const { appendFileSync } = fs;
const told = process.env.HOMETUI_TEST_TOLD;
const note = entry => appendFileSync(told, `${JSON.stringify(entry)}\n`);

for (const [name, call] of Object.entries(fs)) {
  if (typeof call !== 'function' || !/^[a-z]/.test(name)) continue;
  fs[name] = (...args) => {
    if (name === 'writeSync' && args[0] === 1) note({ written: Buffer.from(args[1]).toString() });
    else if (typeof args[0] === 'string' && args[0] !== told) note({ path: args[0] });
    return call(...args);
  };
}
const { stdout } = process;
const write = stdout.write.bind(stdout);
stdout.write = (chunk, ...others) => {
  note({ written: chunk.toString() });
  return write(chunk, ...others);
};
