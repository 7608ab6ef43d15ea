import { describe, expect, it } from 'vitest';
import { socketUrl } from '../src/socketUrl.js';

describe('the socket of a page', () => {
  it('is the one of its own server, as safe as the page', () => {
    expect(socketUrl('http://localhost:8080/')).toBe('ws://localhost:8080/ws');
    expect(socketUrl('https://play.example/some/where?name=Ada#top')).toBe('wss://play.example/ws');
  });

  it('has the network that the page was opened with', () => {
    const url = new URL(socketUrl('http://localhost:8080/?link=rtt=120,jitter=20,stall=300,stalls=6&name=Ada'));
    expect([...url.searchParams]).toEqual([['link', 'rtt=120,jitter=20,stall=300,stalls=6']]);
  });
});
