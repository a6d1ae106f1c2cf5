// mqtt.js makes one for each broker that allows topic aliases, and uses it where aliases are asked for: never by us. The
// library is a third of what has to be compiled for a connection.
class LRUCache {}

const refuse = () => {
  throw new Error('lru-cache is left out of the bundle, and topic aliases need it: see .build/lean-libraries.mjs');
};
for (const name of ['get', 'set', 'delete', 'has', 'keys', 'clear']) LRUCache.prototype[name] = refuse;
Object.defineProperty(LRUCache.prototype, 'size', { get: refuse });

module.exports = { LRUCache };
