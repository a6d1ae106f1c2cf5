// Stands in for a library of a library that this program has no use for; using it is a fault in the program.
module.exports = new Proxy(function missing() {}, {
  get(target, name) {
    if (name === '__esModule' || name === 'default' || typeof name === 'symbol') return undefined;
    return target[name] ?? module.exports;
  },
  apply: complain,
  construct: complain,
});

function complain() {
  throw new Error('this library is left out of the bundle: see STAND_INS in .build/lean-libraries.mjs');
}
