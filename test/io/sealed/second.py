# A second implementation of sealed payloads, after the RFCs 7516, 7518 and 5869 and not after ours. Reads lines of JSON
# with key, iv, topic and text, and writes the tokens; a line with a token is opened.
import base64
import hashlib
import hmac
import json
import sys

from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

PROTECTED = base64.urlsafe_b64encode(json.dumps({"alg": "dir", "enc": "A128CBC-HS256"}, separators=(",", ":")).encode())
PROTECTED = PROTECTED.rstrip(b"=")


def content_key(key, topic):
    return HKDFExpand(hashes.SHA256(), 32, b"hometui sealed 1\0" + topic).derive(key)


def tag(mac_key, iv, ciphertext):
    length = (8 * len(PROTECTED)).to_bytes(8, "big")
    return hmac.new(mac_key, PROTECTED + iv + ciphertext + length, hashlib.sha256).digest()[:16]


def url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unurl(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def seal(key, topic, text, iv):
    cek = content_key(key, topic)
    padder = padding.PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(cek[16:]), modes.CBC(iv)).encryptor()
    ciphertext = encryptor.update(padder.update(text) + padder.finalize()) + encryptor.finalize()
    return ".".join((PROTECTED.decode(), "", url(iv), url(ciphertext), url(tag(cek[:16], iv, ciphertext))))


def unseal(key, topic, token):
    cek = content_key(key, topic)
    _, _, iv, ciphertext, mark = token.split(".")
    iv, ciphertext = unurl(iv), unurl(ciphertext)
    if not hmac.compare_digest(tag(cek[:16], iv, ciphertext), unurl(mark)):
        return None
    decryptor = Cipher(algorithms.AES(cek[16:]), modes.CBC(iv)).decryptor()
    unpadder = padding.PKCS7(128).unpadder()
    return (unpadder.update(decryptor.update(ciphertext) + decryptor.finalize()) + unpadder.finalize()).decode()


for line in sys.stdin:
    asked = json.loads(line)
    key, topic = bytes.fromhex(asked["key"]), asked["topic"].encode()
    token = seal(key, topic, asked["text"].encode(), bytes.fromhex(asked["iv"]))
    print(json.dumps([token, unseal(key, topic, asked["token"])]))
