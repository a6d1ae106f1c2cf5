// Stands in for the package debug in the bundle: what it would print on standard error would land in the picture.
const silent = () => {};
const debug = () => Object.assign(() => {}, { enabled: false, extend: debug, log: silent, destroy: silent });
module.exports = debug;
