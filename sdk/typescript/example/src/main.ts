// A whole client on a plain canvas: joins, steers with WASD or the arrow keys and the mouse, draws everything in view.
import { connect, type Entity, type Fields, type Sample } from '@terrane/client';

const PIXELS_PER_METRE = 3;
const FIRE = 1;
const BOOST = 2;

const canvas = document.querySelector<HTMLCanvasElement>('#view')!;
const status = document.querySelector<HTMLElement>('#status')!;
const paper = canvas.getContext('2d')!;
const query = new URLSearchParams(location.search);

// 1. Connect. The client stays connected by itself and asks for a guest token when it needs one.
const client = connect({
  url: query.get('url') ?? `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`,
  guestUrl: '/api/v1/guest',
  name: query.get('name') ?? `Guest ${Math.floor(Math.random() * 1000)}`,
});

// 2. Listen. Everything that the game tells arrives by name; shots become short lines.
const lines: { from: [number, number]; to: [number, number]; until: number }[] = [];
client.onEvent('*', (event) => {
  if (!('region' in event)) return; // a durable one: it has no place
  const { region, payload } = event;
  const { x, y, toX, toY } = payload as Record<string, number>;
  if (x === undefined || y === undefined || toX === undefined || toY === undefined) return;
  const [originX, originY] = [client.partition!.originX(region), client.partition!.originY(region)];
  const until = performance.now() + 120;
  lines.push({ from: [originX + x, originY + y], to: [originX + toX, originY + toY], until });
});

// 3. Steer: the client asks for an input for each tick of the simulation, and knows at once what it will do.
const keys = new Set<string>();
const mouse = { x: 0, y: 0, down: false };
let pressed = 0;
addEventListener('keydown', (event) => keys.add(event.code));
addEventListener('keyup', (event) => keys.delete(event.code));
addEventListener('blur', () => keys.clear());
addEventListener('pointermove', (event) => Object.assign(mouse, { x: event.clientX, y: event.clientY }));
addEventListener('pointerdown', () => ((mouse.down = true), (pressed |= FIRE)));
addEventListener('pointerup', () => (mouse.down = false));
const isDown = (...codes: string[]): number => (codes.some((code) => keys.has(code)) ? 1 : 0);
client.steer(() => {
  const input = {
    moveX: isDown('KeyD', 'ArrowRight') - isDown('KeyA', 'ArrowLeft'),
    moveY: isDown('KeyW', 'ArrowUp') - isDown('KeyS', 'ArrowDown'),
    aim: Math.atan2(innerHeight / 2 - mouse.y, mouse.x - innerWidth / 2),
    held: (mouse.down || isDown('Space') ? FIRE : 0) | (isDown('ShiftLeft', 'ShiftRight') ? BOOST : 0),
    pressed,
  };
  pressed = 0;
  return input;
});

// 4. Draw: every entity where it was a moment ago, between two snapshots; the own one where it is now.
const camera = { x: 0, y: 0 };
const moment: Sample = { x: 0, y: 0, z: 0, heading: 0, extrapolated: false };

const screenX = (x: number): number => innerWidth / 2 + (x - camera.x) * PIXELS_PER_METRE;
const screenY = (y: number): number => innerHeight / 2 - (y - camera.y) * PIXELS_PER_METRE;

function draw(): void {
  requestAnimationFrame(draw);
  const scale = devicePixelRatio;
  canvas.width = innerWidth * scale;
  canvas.height = innerHeight * scale;
  paper.scale(scale, scale);
  const time = client.renderTimeMs();
  const own = client.self && client.entities.get(client.self.avatar);
  if (own !== undefined) {
    const { x, y } = client.sampleSelf(moment) ?? own.sample(time, moment);
    Object.assign(camera, { x, y });
  }
  drawRegions();
  for (const entity of client.entities.values()) drawEntity(entity, entity === own, time);
  drawLines();
  const { rttMs, tick, entitiesInView, bytesPerSecond } = client.stats;
  status.textContent =
    client.state === 'open'
      ? `${client.welcome!.world}  tick ${tick}  ${entitiesInView} in view\n` +
        `${Math.round(rttMs) || '–'} ms  ${(bytesPerSecond / 1024).toFixed(1)} KiB/s`
      : `${client.state}: ${client.stateReason}`;
}

function drawRegions(): void {
  const { partition } = client;
  if (partition === undefined) return;
  paper.strokeStyle = '#22303f';
  for (const region of partition.regions()) {
    const corners = partition.outline(region);
    paper.beginPath();
    for (let i = 0; i < corners.length; i += 2) paper.lineTo(screenX(corners[i]!), screenY(corners[i + 1]!));
    paper.closePath();
    paper.stroke();
  }
}

function drawEntity(entity: Entity, isOwn: boolean, time: number): void {
  const { x, y, heading } = (isOwn && client.sampleSelf(moment)) || entity.sample(time, moment);
  const name = entity.components['kit.nameplate']?.name;
  const size = Math.max(3, Number(anyField(entity.components, 'size') ?? 2) * PIXELS_PER_METRE);
  paper.save();
  paper.translate(screenX(x), screenY(y));
  paper.rotate(-heading);
  paper.fillStyle = isOwn ? '#7fe3a1' : name === undefined ? '#6b7785' : '#e3a17f';
  paper.beginPath();
  paper.moveTo(size, 0);
  paper.lineTo(-size, size * 0.7);
  paper.lineTo(-size, -size * 0.7);
  paper.fill();
  paper.restore();
  paper.fillStyle = '#cfd8e3';
  if (typeof name === 'string' && name !== '') paper.fillText(name, screenX(x) + size + 3, screenY(y) - size);
}

/** The first field of that name, in whichever component the game put it. */
function anyField(components: Readonly<Record<string, Fields>>, name: string): unknown {
  return Object.values(components).find((fields) => name in fields)?.[name];
}

function drawLines(): void {
  paper.strokeStyle = '#ffe08a';
  for (let i = lines.length - 1; i >= 0; i--) {
    const { from, to, until } = lines[i]!;
    if (until < performance.now()) lines.splice(i, 1);
    paper.beginPath();
    paper.moveTo(screenX(from[0]), screenY(from[1]));
    paper.lineTo(screenX(to[0]), screenY(to[1]));
    paper.stroke();
  }
}

draw();
