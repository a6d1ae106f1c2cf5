// For `node --require`: the process is killed (SIGKILL) right before its HOMETUI_KILL_AT-th change of something below
// HOMETUI_KILL_FOLDER, counted from 1; a write that is the one comes half way. With HOMETUI_KILL_BY=disk it lives, and the
// disk is full from then on. At its end the number of changes is written to the file HOMETUI_KILL_COUNT.
const fs = require('node:fs');

const {
  HOMETUI_KILL_AT: at,
  HOMETUI_KILL_FOLDER: folder,
  HOMETUI_KILL_COUNT: counter,
  HOMETUI_KILL_BY: by,
} = process.env;
const write = fs.writeFileSync;
let count = 0;

const NEEDS_ROOM = new Set(['mkdirSync', 'copyFileSync', 'writeFileSync', 'openSync']);

function step(name, onKill) {
  count += 1;
  if (by === 'disk' && at > 0 && count >= at && NEEDS_ROOM.has(name)) {
    onKill();
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'write' });
  }
  if (by === 'disk' || count !== Number(at)) return;
  onKill();
  process.kill(process.pid, 'SIGKILL');
  // The signal comes at once; nothing may happen before it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}

const isOurs = path => typeof path === 'string' && path.startsWith(folder);
for (const name of ['mkdirSync', 'renameSync', 'rmSync', 'rmdirSync', 'copyFileSync', 'chmodSync', 'chownSync']) {
  const real = fs[name];
  fs[name] = (path, ...rest) => {
    if (isOurs(path)) step(name, () => {});
    return real(path, ...rest);
  };
}
fs.writeFileSync = (path, data, options) => {
  if (isOurs(path)) step('writeFileSync', () => write(path, Buffer.from(data).subarray(0, data.length / 2), options));
  return write(path, data, options);
};
const open = fs.openSync;
fs.openSync = (path, flags, ...rest) => {
  if (isOurs(path) && /[wa]/.test(String(flags))) step('openSync', () => {});
  return open(path, flags, ...rest);
};
process.on('exit', () => {
  if (counter) write(counter, String(count));
});
