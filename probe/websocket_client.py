"""A WebSocket client (RFC 6455) in the standard library, as far as talking to a server on this machine needs it."""

import base64
import os
import socket
import ssl
import struct
import time
from urllib.parse import urlsplit

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA


class Closed(Exception):
    """The other side is gone, or never wanted to talk."""


class TimeIsUp(Exception):
    """Nothing came before the deadline."""


class WebSocket:
    """One connection. Deadlines are readings of time.monotonic()."""

    def __init__(self, url, subprotocol, deadline):
        parts = urlsplit(url)
        self.deadline = deadline
        self.received = b""
        try:
            self.socket = socket.create_connection((parts.hostname, parts.port), timeout=self.time_left())
            if parts.scheme == "wss":
                # A certificate made for another name is the browser's business; here it is this machine either way.
                context = ssl.create_default_context()
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
                self.socket = context.wrap_socket(self.socket)
        except socket.timeout:
            raise TimeIsUp()
        except OSError as error:
            raise Closed(str(error))
        self.shake_hands(parts, subprotocol)

    def shake_hands(self, parts, subprotocol):
        key = base64.b64encode(os.urandom(16)).decode("ascii")
        request = (
            "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: %s\r\n\r\n"
        ) % (parts.path, parts.netloc, key, subprotocol)
        self.write(request.encode("ascii"))
        while b"\r\n\r\n" not in self.received:
            self.receive()
        head, _, self.received = self.received.partition(b"\r\n\r\n")
        status = head.split(b"\r\n", 1)[0].decode("latin-1")
        if " 101" not in status:
            raise Closed("the server refused the connection: %s" % status)

    def time_left(self):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeIsUp()
        return left

    def write(self, data):
        try:
            self.socket.settimeout(self.time_left())
            self.socket.sendall(data)
        except socket.timeout:
            raise TimeIsUp()
        except OSError as error:
            raise Closed(str(error))

    def receive(self):
        try:
            self.socket.settimeout(self.time_left())
            data = self.socket.recv(1 << 16)
        except socket.timeout:
            raise TimeIsUp()
        except OSError as error:
            raise Closed(str(error))
        if not data:
            raise Closed("the server closed the connection")
        self.received += data

    def take(self, count):
        while len(self.received) < count:
            self.receive()
        data, self.received = self.received[:count], self.received[count:]
        return data

    def send(self, payload, opcode=BINARY):
        mask = os.urandom(4)
        if len(payload) < 126:
            head = struct.pack("!BB", 0x80 | opcode, 0x80 | len(payload))
        elif len(payload) < 1 << 16:
            head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, len(payload))
        else:
            head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, len(payload))
        masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
        self.write(head + mask + masked)

    def messages(self):
        """Yields every message as bytes until the server closes (Closed) or the deadline is there (TimeIsUp)."""
        message = b""
        while True:
            first, second = self.take(2)
            length = second & 0x7F
            if length == 126:
                (length,) = struct.unpack("!H", self.take(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", self.take(8))
            payload = self.take(length)
            opcode = first & 0x0F
            if opcode == PING:
                self.send(payload, PONG)
            elif opcode == CLOSE:
                raise Closed("the server closed the connection")
            elif opcode != PONG:
                message += payload
                if first & 0x80:
                    yield message
                    message = b""

    def close(self):
        self.socket.close()
