import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** Of the WebSocket protocol (RFC 6455). */
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const BINARY_AND_LAST = 0x82;
const CLOSE_AND_LAST = 0x88;

/** A WebSocket server that answers the first message with one of its own, and does nothing else: for clients on real sockets. */
export class WelcomingServer {
  readonly requests: string[] = [];
  private readonly sockets = new Set<Duplex>();
  private readonly unread = new Map<Duplex, Buffer>();
  private readonly greeted = new WeakSet<Duplex>();

  private constructor(
    private readonly http: Server,
    private readonly welcome: Uint8Array,
  ) {
    http.on('upgrade', (request, socket) => {
      this.requests.push(request.url ?? '');
      this.sockets.add(socket);
      const accept = createHash('sha1')
        .update(request.headers['sec-websocket-key'] + MAGIC)
        .digest('base64');
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
      socket.on('error', () => {});
      socket.on('data', (bytes: Buffer) => this.received(socket, bytes));
    });
  }

  static async open(welcome: Uint8Array): Promise<WelcomingServer> {
    const server = new WelcomingServer(createServer(), welcome);
    await new Promise<void>((open) => server.http.listen(0, '127.0.0.1', open));
    return server;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.http.address() as AddressInfo).port}/ws`;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.http.close();
  }

  /** Looks at what kind of frames come, and answers the first message and the farewell. */
  private received(socket: Duplex, bytes: Buffer): void {
    let rest = Buffer.concat([this.unread.get(socket) ?? Buffer.alloc(0), bytes]);
    for (let length = frameLength(rest); length <= rest.length; length = frameLength(rest)) {
      if (rest[0] === CLOSE_AND_LAST) socket.end(Buffer.from([CLOSE_AND_LAST, 0]));
      else if (rest[0] === BINARY_AND_LAST) this.greet(socket);
      rest = rest.subarray(length);
    }
    this.unread.set(socket, rest);
  }

  private greet(socket: Duplex): void {
    if (this.greeted.has(socket)) return;
    this.greeted.add(socket);
    const { length } = this.welcome;
    socket.write(Buffer.concat([Buffer.from([BINARY_AND_LAST, 126, length >> 8, length & 0xff]), this.welcome]));
  }
}

/** Of a client's frame: head, mask and payload of at most 64 KiB. Infinite until that is known. */
function frameLength(bytes: Buffer): number {
  if (bytes.length < 4) return Infinity;
  const short = bytes[1]! & 0x7f;
  return short < 126 ? 2 + 4 + short : 4 + 4 + bytes.readUInt16BE(2);
}
