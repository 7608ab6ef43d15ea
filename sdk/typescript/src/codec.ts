import { Builder, ByteBuffer } from 'flatbuffers';
import type { Input } from './api.js';
import { ClientInput } from './generated/client-input.js';
import { CommandResult as WireCommandResult } from './generated/command-result.js';
import { Command } from './generated/command.js';
import { Envelope } from './generated/envelope.js';
import { ErrorCode } from './generated/error-code.js';
import { Error as WireError } from './generated/error.js';
import { Event as WireEventTable } from './generated/event.js';
import { GameMessage as WireGameMessage } from './generated/game-message.js';
import { Hello } from './generated/hello.js';
import { Message } from './generated/message.js';
import { Ping } from './generated/ping.js';
import { Pong } from './generated/pong.js';
import { ResultAck } from './generated/result-ack.js';
import { ServerInfo as WireInfo } from './generated/server-info.js';
import { Welcome as WireWelcome } from './generated/welcome.js';
import type { GameMessage, ServerError, ServerInfo, Welcome, WireEvent, WireResult } from './messages.js';
import { decodeSchema } from './schema.js';

export const MAJOR = 2;
export const MINOR = 2;
/** Servers of a lower minor version know no durable commands. */
export const COMMANDS_SINCE_MINOR = 1;

export type ServerMessage =
  | { type: 'welcome'; welcome: Welcome }
  | { type: 'info'; info: ServerInfo }
  | { type: 'message'; message: GameMessage }
  | { type: 'error'; error: ServerError }
  | { type: 'result'; result: WireResult }
  | { type: 'event'; event: WireEvent }
  | { type: 'ping'; sentAt: number }
  | { type: 'pong'; sentAt: number; serverTime: number }
  /** Of a newer minor version: to be ignored. */
  | { type: 'unrecognised' };

const NOTHING = new Uint8Array(0);
const UTF8 = new TextDecoder();

/** Reads one message of the server that is no snapshot. */
export function decode(bytes: Uint8Array): ServerMessage {
  const buffer = new ByteBuffer(bytes);
  if (!Envelope.bufferHasIdentifier(buffer)) throw new Error('the message is no TRN1 buffer');
  const envelope = Envelope.getRootAsEnvelope(buffer);
  switch (envelope.messageType()) {
    case Message.Welcome:
      return { type: 'welcome', welcome: welcome(envelope.message(new WireWelcome())) };
    case Message.ServerInfo:
      return { type: 'info', info: info(envelope.message(new WireInfo())) };
    case Message.GameMessage: {
      const table: WireGameMessage = envelope.message(new WireGameMessage());
      const payload = table.payloadArray()?.slice() ?? NOTHING;
      return { type: 'message', message: { type: table.type(), requestId: table.requestId(), payload } };
    }
    case Message.Error:
      return { type: 'error', error: error(envelope.message(new WireError())) };
    case Message.CommandResult:
      return { type: 'result', result: result(envelope.message(new WireCommandResult())) };
    case Message.Event:
      return { type: 'event', event: event(envelope.message(new WireEventTable())) };
    case Message.Ping: {
      const table: Ping = envelope.message(new Ping());
      return { type: 'ping', sentAt: table.sentAt() };
    }
    case Message.Pong: {
      const table: Pong = envelope.message(new Pong());
      return { type: 'pong', sentAt: table.sentAt(), serverTime: table.serverTime() };
    }
    default:
      return { type: 'unrecognised' };
  }
}

function welcome(table: WireWelcome): Welcome {
  return {
    major: table.major(),
    minor: table.minor(),
    server: table.server() ?? '',
    session: table.session(),
    resumeToken: table.resumeToken() ?? '',
    world: table.world() ?? '',
    partition: table.partition() ?? '',
    chunkMetres: table.chunkMetres(),
    simulationHz: table.simulationHz(),
    snapshotHz: table.snapshotHz(),
    interestRadius: table.interestRadius(),
    schema: decodeSchema(table.schemaArray() ?? NOTHING),
    nextSeq: table.nextSeq(),
  };
}

function info(table: WireInfo): ServerInfo {
  return {
    worldId: table.worldId() ?? '',
    regionA: table.regionA(),
    regionB: table.regionB(),
    layer: table.layer(),
    cellEpoch: table.cellEpoch(),
    avatar: table.avatar(),
  };
}

function error(table: WireError): ServerError {
  return {
    code: table.code(),
    name: errorName(table.code()),
    message: table.message() ?? '',
    fatal: table.fatal(),
    retryAfterMs: table.retryAfterMs(),
    requestId: table.requestId(),
  };
}

function result(table: WireCommandResult): WireResult {
  return {
    requestId: table.requestId() ?? '',
    type: table.type() ?? '',
    done: table.done(),
    errorCode: table.errorCode() ?? '',
    reason: table.reason() ?? '',
    retryAfterMs: table.retryAfterMs(),
    payload: UTF8.decode(table.payloadArray() ?? NOTHING),
  };
}

function event(table: WireEventTable): WireEvent {
  return {
    topic: table.topic() ?? '',
    key: table.key() ?? '',
    id: table.id() ?? '',
    payload: UTF8.decode(table.payloadArray() ?? NOTHING),
  };
}

/** For example `VERSION_MISMATCH`; `UNKNOWN` for a code of a newer server. */
export function errorName(code: number): string {
  return ErrorCode[code] ?? 'UNKNOWN';
}

export interface HelloOptions {
  readonly world: string;
  readonly name: string;
  readonly resumeToken: string;
  readonly client: string;
  /** Only where no handshake before this could say who it is. */
  readonly token?: string;
}

export function encodeHello(hello: HelloOptions): Uint8Array<ArrayBuffer> {
  const builder = new Builder(128);
  const world = builder.createString(hello.world);
  const name = builder.createString(hello.name);
  const resumeToken = builder.createString(hello.resumeToken);
  const client = builder.createString(hello.client);
  const token = hello.token ? builder.createString(hello.token) : 0;
  return finish(
    builder,
    Message.Hello,
    Hello.createHello(builder, MAJOR, MINOR, world, name, resumeToken, client, token),
  );
}

export function encodeInput(seq: number, clientTick: number, viewTick: number, input: Input): Uint8Array<ArrayBuffer> {
  const builder = new Builder(128);
  const { moveX = 0, moveY = 0, aim = 0, held = 0, pressed = 0 } = input;
  return finish(
    builder,
    Message.ClientInput,
    ClientInput.createClientInput(builder, seq, clientTick, viewTick, moveX, moveY, aim, held, pressed),
  );
}

export function encodeGameMessage(type: number, requestId: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const builder = new Builder(64 + payload.length);
  const bytes = WireGameMessage.createPayloadVector(builder, payload);
  return finish(builder, Message.GameMessage, WireGameMessage.createGameMessage(builder, type, requestId, bytes));
}

/** @param payload JSON */
export function encodeCommand(type: string, version: number, requestId: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const builder = new Builder(256 + payload.length);
  const typeAt = builder.createString(type);
  const idAt = builder.createString(requestId);
  const bytes = Command.createPayloadVector(builder, payload);
  return finish(builder, Message.Command, Command.createCommand(builder, typeAt, version, idAt, bytes));
}

export function encodeResultAck(requestIds: readonly string[]): Uint8Array<ArrayBuffer> {
  const builder = new Builder(256);
  const ids = ResultAck.createRequestIdsVector(builder, requestIds.map((id) => builder.createString(id)));
  return finish(builder, Message.ResultAck, ResultAck.createResultAck(builder, ids));
}

export function encodePing(sentAt: number): Uint8Array<ArrayBuffer> {
  const builder = new Builder(64);
  return finish(builder, Message.Ping, Ping.createPing(builder, sentAt));
}

export function encodePong(sentAt: number): Uint8Array<ArrayBuffer> {
  const builder = new Builder(64);
  return finish(builder, Message.Pong, Pong.createPong(builder, sentAt, 0));
}

function finish(builder: Builder, type: Message, message: number): Uint8Array<ArrayBuffer> {
  Envelope.finishEnvelopeBuffer(builder, Envelope.createEnvelope(builder, type, message));
  return builder.asUint8Array() as Uint8Array<ArrayBuffer>;
}
