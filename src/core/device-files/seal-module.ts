/**
 * `seal.py`, the device's side of sealed payloads for MicroPython (umqtt.simple beside it): under 3,000 bytes with tabs,
 * since an ESP8266 has little room. `Seal(key)` counts this start in two small files; `seal(topic, value, id)` gives what
 * to publish, `open(topic, token)` gives `(id, value)` of a command or `None`. Topics, values and ids are bytes. It is the
 * same scheme as io/sealed/cipher.ts; core/sealed/sealed-text.ts says what stands inside.
 */
export const SEAL_MODULE: string = String.raw`# Sealed payloads, by hometui: JWE (dir, A128CBC-HS256), in it: boot counter id value
import binascii, cryptolib, hashlib, os, time

HEAD = b"eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0"

def hmac(key, *parts):
	for pad in 54, 92:
		block = bytearray(key + bytes(64 - len(key)))
		for i in range(64):
			block[i] ^= pad
		sha = hashlib.sha256(block)
		for part in parts:
			sha.update(part)
		parts = (sha.digest(),)
	return parts[0]

def tag(key, iv, body):
	return hmac(key[:16], HEAD, iv, body, b"\0\0\0\0\0\0\x01\x78")[:16]

def text(data):
	return binascii.b2a_base64(data).rstrip(b"=\n").replace(b"+", b"-").replace(b"/", b"_")

def data(word):
	raw = binascii.a2b_base64(word.replace(b"-", b"+").replace(b"_", b"/") + b"=" * (-len(word) % 4))
	if text(raw) != word:
		raise ValueError
	return raw

class Seal:
	# Two files in turn: a power cut spoils one.
	def __init__(self, key, name="boot"):
		self.key, self.keys, self.taken = key, {}, []
		self.count = self.ms = self.boot = 0
		self.at = time.ticks_ms()
		for slot in "01":
			try:
				with open(name + slot) as file:
					self.boot = max(self.boot, int(file.read()))
			except (OSError, ValueError):
				pass
		self.boot += 1
		with open(name + str(self.boot % 2), "w") as file:
			file.write(str(self.boot))

	def now(self):
		at = time.ticks_ms()
		self.ms += time.ticks_diff(at, self.at)
		self.at = at
		return self.ms // 100

	def key_of(self, topic):
		if topic not in self.keys:
			self.keys[topic] = hmac(self.key, b"hometui sealed 1\0", topic, b"\1")
		return self.keys[topic]

	# id: of the command that it answers
	def seal(self, topic, value, id=b"0"):
		self.count = max(self.count + 1, self.now())
		return self.token(topic, b"%d %d %s %s" % (self.boot, self.count, id, value), os.urandom(16))

	def token(self, topic, words, iv):
		key = self.key_of(topic)
		fill = 16 - len(words) % 16
		body = cryptolib.aes(key[16:], 2, iv).encrypt(words + bytes([fill] * fill))
		return b".".join((HEAD, b"", text(iv), text(body), text(tag(key, iv, body))))

	# (id, value) of a genuine command, new, at most 30 s old
	def open(self, topic, token):
		try:
			boot, count, id, value = self.words(topic, token).split(b" ", 3)
			boot, count = int(boot), int(count)
		except ValueError:
			return None
		oldest = self.now() - 300
		self.taken = [one for one in self.taken if one[0] >= oldest]
		known = id in [one[1] for one in self.taken]
		if boot == self.boot and oldest <= count <= self.count and not known and len(self.taken) < 8:
			self.taken.append((count, id))
			return id, value

	def words(self, topic, token):
		head, no, *parts = token.split(b".")
		iv, body, mark = [data(part) for part in parts]
		if head != HEAD or no or len(iv) != 16 or len(mark) != 16 or not body or len(body) % 16:
			raise ValueError
		key, bad = self.key_of(topic), 0
		for a, b in zip(mark, tag(key, iv, body)):
			bad |= a ^ b
		if bad:
			raise ValueError
		words = cryptolib.aes(key[16:], 2, iv).decrypt(body)
		return words[: -words[-1]]
`;
