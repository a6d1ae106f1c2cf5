// Stands in for worker-timers in the bundle: Node has no need for a worker that keeps time while a browser's tab sleeps.
module.exports = { setInterval, clearInterval, setTimeout, clearTimeout };
