import { expect, test, vi } from 'vitest';
import { EventBoard } from '../src/eventBoard.js';

const REGION = { a: 0, b: 0 };

function durable(topic: string, id: string) {
  return { topic, key: 'k', id, payload: '{"n":1}' };
}

test('tells by topic, by domain, and of all', () => {
  const board = new EventBoard();
  const heard: string[] = [];
  for (const pattern of ['evt.trade.ended', 'evt.trade.*', 'game.*', '*']) {
    board.on(pattern, (event) => heard.push(`${pattern}: ${event.topic}`));
  }
  board.heard(durable('evt.trade.ended', '1'));
  board.heard(durable('evt.trade.stuck', '2'));
  board.heard(durable('evt.traders.met', '3'));
  board.seen('game.shot', {}, REGION);
  board.seen('games.shot', {}, REGION);
  expect(heard).toEqual([
    'evt.trade.ended: evt.trade.ended',
    'evt.trade.*: evt.trade.ended',
    '*: evt.trade.ended',
    'evt.trade.*: evt.trade.stuck',
    '*: evt.trade.stuck',
    '*: evt.traders.met',
    'game.*: game.shot',
    '*: game.shot',
    '*: games.shot',
  ]);
});

test('tells durable events once each, others as often as they are seen', () => {
  const board = new EventBoard();
  let count = 0;
  board.on('*', () => count++);
  for (let i = 0; i < 2; i++) board.heard(durable('evt.a.b', 'same'));
  expect(count).toBe(1);
  for (let i = 0; i < 2; i++) board.seen('a.b', {}, REGION);
  expect(count).toBe(3);
});

test('says what is in an event, and from where it is measured', () => {
  const board = new EventBoard();
  const heard: unknown[] = [];
  board.on('*', (event) => heard.push(event));
  board.seen('game.shot', { x: 1 }, { a: 2, b: 3 });
  board.heard(durable('evt.a.b', '1'));
  expect(heard).toEqual([
    { topic: 'game.shot', payload: { x: 1 }, region: { a: 2, b: 3 } },
    { topic: 'evt.a.b', key: 'k', id: '1', payload: { n: 1 } },
  ]);
});

test('a handler that throws keeps nobody from hearing', () => {
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
  const board = new EventBoard();
  let count = 0;
  board.on('game.shot', () => {
    throw new Error('a bug of the page');
  });
  const off = board.on('game.shot', () => count++);
  board.seen('game.shot', {}, REGION);
  off();
  board.seen('game.shot', {}, REGION);
  expect(count).toBe(1);
  expect(complaint).toHaveBeenCalledTimes(2);
  complaint.mockRestore();
});
