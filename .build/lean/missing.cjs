// Stands in for a library of a library that this program has no use for; using anything of it is a fault in the program.
module.exports = new Proxy(function missing() {}, {
  get(_, name) {
    // What a bundler asks of each module that it imports.
    if (name === '__esModule' || name === 'default' || typeof name === 'symbol') return undefined;
    return complain(name);
  },
  apply: () => complain('a call'),
  construct: () => complain('new'),
});

function complain(what) {
  throw new Error(`${what} of a library that is left out of the bundle: see STAND_INS in .build/lean-libraries.mjs`);
}
