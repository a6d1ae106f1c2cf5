// For `node --require`: the process is killed (SIGKILL) right before its HOMETUI_KILL_AT-th change of something below
// HOMETUI_KILL_FOLDER, counted from 1; a write that is the one comes half way. At its end the number of changes is written
// to the file HOMETUI_KILL_COUNT.
const fs = require('node:fs');

const { HOMETUI_KILL_AT: at, HOMETUI_KILL_FOLDER: folder, HOMETUI_KILL_COUNT: counter } = process.env;
const write = fs.writeFileSync;
let count = 0;

function step(onKill) {
  count += 1;
  if (count !== Number(at)) return;
  onKill();
  process.kill(process.pid, 'SIGKILL');
  // The signal comes at once; nothing may happen before it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}

const isOurs = path => typeof path === 'string' && path.startsWith(folder);
for (const name of ['mkdirSync', 'renameSync', 'rmSync', 'rmdirSync', 'copyFileSync', 'chmodSync', 'chownSync']) {
  const real = fs[name];
  fs[name] = (path, ...rest) => {
    if (isOurs(path)) step(() => {});
    return real(path, ...rest);
  };
}
fs.writeFileSync = (path, data, options) => {
  if (isOurs(path)) step(() => write(path, Buffer.from(data).subarray(0, data.length / 2), options));
  return write(path, data, options);
};
const open = fs.openSync;
fs.openSync = (path, flags, ...rest) => {
  if (isOurs(path) && /[wa]/.test(String(flags))) step(() => {});
  return open(path, flags, ...rest);
};
process.on('exit', () => {
  if (counter) write(counter, String(count));
});
