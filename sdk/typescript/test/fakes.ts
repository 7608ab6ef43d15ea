import { Builder } from 'flatbuffers';
import type { ConnectOptions, SocketLike } from '../src/api.js';
import { Envelope } from '../src/generated/envelope.js';
import { Error as WireError } from '../src/generated/error.js';
import { Hello } from '../src/generated/hello.js';
import { ClientInput } from '../src/generated/client-input.js';
import { Message } from '../src/generated/message.js';
import { ByteBuffer } from 'flatbuffers';
import { golden } from './golden.js';

/** A socket without a network: tests play the server. */
export class FakeSocket implements SocketLike {
  binaryType = '';
  bufferedAmount = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly sent: Uint8Array[] = [];
  closedWith: number | undefined;

  constructor(readonly url: string) {}

  send(data: Uint8Array): void {
    this.sent.push(data);
  }

  close(code = 1005): void {
    this.closedWith = code;
  }

  /** The server accepts, and answers with the golden Welcome. */
  welcome(): void {
    this.onopen?.(undefined as never);
    this.receive(golden('welcome').bytes);
  }

  receive(bytes: Uint8Array): void {
    this.onmessage?.({ data: bytes.slice().buffer });
  }

  lose(code = 1006, reason = ''): void {
    this.onclose?.({ code, reason });
  }

  hello(): { name: string | null; resumeToken: string | null } {
    const hello: Hello = Envelope.getRootAsEnvelope(new ByteBuffer(this.sent[0]!)).message(new Hello());
    return { name: hello.name(), resumeToken: hello.resumeToken() };
  }

  /** Numbers of the inputs sent. */
  inputSeqs(): number[] {
    return this.sent
      .map((bytes) => Envelope.getRootAsEnvelope(new ByteBuffer(bytes)))
      .filter((envelope) => envelope.messageType() === Message.ClientInput)
      .map((envelope) => (envelope.message(new ClientInput()) as ClientInput).seq());
  }
}

export function fatalError(code: number, message: string, retryAfterMs = 0): Uint8Array {
  const builder = new Builder(64);
  const error = WireError.createError(builder, code, builder.createString(message), true, retryAfterMs, 0);
  Envelope.finishEnvelopeBuffer(builder, Envelope.createEnvelope(builder, Message.Error, error));
  return builder.asUint8Array();
}

/** Options whose sockets are collected instead of opened; without randomness. */
export function fakeNetwork(): { sockets: FakeSocket[]; options: ConnectOptions } {
  const sockets: FakeSocket[] = [];
  return {
    sockets,
    options: {
      url: 'ws://server/ws',
      name: 'Ada',
      random: () => 1,
      openSocket: (url) => {
        const socket = new FakeSocket(url);
        sockets.push(socket);
        return socket;
      },
    },
  };
}
