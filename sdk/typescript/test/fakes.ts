import { Builder, ByteBuffer } from 'flatbuffers';
import type { ConnectOptions, SocketLike } from '../src/api.js';
import { ClientInput } from '../src/generated/client-input.js';
import { CommandResult } from '../src/generated/command-result.js';
import { Command } from '../src/generated/command.js';
import { Envelope } from '../src/generated/envelope.js';
import { Error as WireError } from '../src/generated/error.js';
import { Event } from '../src/generated/event.js';
import { Hello } from '../src/generated/hello.js';
import { Message } from '../src/generated/message.js';
import { ResultAck } from '../src/generated/result-ack.js';
import { Welcome } from '../src/generated/welcome.js';
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

  /** The same by a server that knows durable commands. */
  welcomeWithCommands(): void {
    this.onopen?.(undefined as never);
    this.receive(welcomeOfMinor(1));
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

  commands(): { type: string; version: number; requestId: string; payload: string }[] {
    return this.all(Message.Command).map((envelope) => {
      const command: Command = envelope.message(new Command());
      return {
        type: command.type()!,
        version: command.version(),
        requestId: command.requestId()!,
        payload: new TextDecoder().decode(command.payloadArray()!),
      };
    });
  }

  /** Request ids, one list per ResultAck. */
  acks(): string[][] {
    return this.all(Message.ResultAck).map((envelope) => {
      const ack: ResultAck = envelope.message(new ResultAck());
      return Array.from({ length: ack.requestIdsLength() }, (_, i) => ack.requestIds(i));
    });
  }

  private all(type: Message): Envelope[] {
    return this.sent
      .map((bytes) => Envelope.getRootAsEnvelope(new ByteBuffer(bytes)))
      .filter((envelope) => envelope.messageType() === type);
  }

  pingCount(): number {
    return this.all(Message.Ping).length;
  }

  /** Numbers of the inputs sent. */
  inputSeqs(): number[] {
    return this.all(Message.ClientInput).map((envelope) => (envelope.message(new ClientInput()) as ClientInput).seq());
  }
}

/** The golden Welcome, of another minor version. */
function welcomeOfMinor(minor: number): Uint8Array {
  const known: Welcome = Envelope.getRootAsEnvelope(new ByteBuffer(golden('welcome').bytes)).message(new Welcome());
  const builder = new Builder(1024);
  const welcome = Welcome.createWelcome(
    builder,
    known.major(),
    minor,
    builder.createString(known.server()),
    known.session(),
    builder.createString(known.resumeToken()),
    builder.createString(known.world()),
    builder.createString(known.partition()),
    known.chunkMetres(),
    known.simulationHz(),
    known.snapshotHz(),
    known.interestRadius(),
    Welcome.createSchemaVector(builder, known.schemaArray()!),
    known.nextSeq(),
  );
  Envelope.finishEnvelopeBuffer(builder, Envelope.createEnvelope(builder, Message.Welcome, welcome));
  return builder.asUint8Array();
}

export function commandResult(
  requestId: string,
  result: { payload?: unknown; errorCode?: string; reason?: string; retryAfterMs?: number } = {},
): Uint8Array {
  const { payload, errorCode = '', reason = '', retryAfterMs = 0 } = result;
  const builder = new Builder(256);
  const id = builder.createString(requestId);
  const type = builder.createString('cmd.test.do');
  const code = builder.createString(errorCode);
  const why = builder.createString(reason);
  const json = new TextEncoder().encode(payload === undefined ? '' : JSON.stringify(payload));
  const bytes = CommandResult.createPayloadVector(builder, json);
  const done = errorCode === '';
  const table = CommandResult.createCommandResult(builder, id, type, done, code, why, retryAfterMs, bytes);
  Envelope.finishEnvelopeBuffer(builder, Envelope.createEnvelope(builder, Message.CommandResult, table));
  return builder.asUint8Array();
}

export function durableEvent(topic: string, key: string, id: string, payload: unknown): Uint8Array {
  const builder = new Builder(256);
  const topicAt = builder.createString(topic);
  const keyAt = builder.createString(key);
  const idAt = builder.createString(id);
  const json = Event.createPayloadVector(builder, new TextEncoder().encode(JSON.stringify(payload)));
  Envelope.finishEnvelopeBuffer(
    builder,
    Envelope.createEnvelope(builder, Message.Event, Event.createEvent(builder, topicAt, keyAt, idAt, json)),
  );
  return builder.asUint8Array();
}

export function fatalError(code: number, message: string, retryAfterMs = 0): Uint8Array {
  const builder = new Builder(64);
  const error = WireError.createError(builder, code, builder.createString(message), true, retryAfterMs, 0);
  Envelope.finishEnvelopeBuffer(builder, Envelope.createEnvelope(builder, Message.Error, error));
  return builder.asUint8Array();
}

/** Options whose sockets are collected instead of opened; without randomness. */
export function fakeNetwork(): { sockets: FakeSocket[]; options: Omit<ConnectOptions, 'game'> } {
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
