import * as pc from 'playcanvas';
import { isSoftware, type Quality } from '../game/quality.js';

/** Where the light comes from, in the scene: high, from behind the viewer's left. */
export const SUN: readonly [number, number, number] = [-0.52, 0.66, 0.54];

/** The engine, the one camera and the post effects. Everything else hangs itself below `app.root`. */
export class Stage {
  readonly camera: pc.Entity;
  private frame: pc.CameraFrame | undefined;
  private readonly place = new pc.Vec3();
  private readonly projected = new pc.Vec3();

  private constructor(
    readonly app: pc.AppBase,
    /** True without a graphics card. */
    readonly software: boolean,
  ) {
    this.camera = new pc.Entity('camera');
    this.camera.addComponent('camera', {
      clearColor: new pc.Color(0.004, 0.005, 0.014, 1),
      fov: 46,
      nearClip: 1,
      farClip: 2500,
      toneMapping: pc.TONEMAP_ACES2,
      gammaCorrection: pc.GAMMA_SRGB,
    });
    app.root.addChild(this.camera);
    const sun = new pc.Vec3(...SUN).normalize();
    app.graphicsDevice.scope.resolve('uSun').setValue([sun.x, sun.y, sun.z]);
  }

  static async open(canvas: HTMLCanvasElement): Promise<Stage> {
    const software = isSoftware(rendererName());
    const device = await pc.createGraphicsDevice(canvas, {
      deviceTypes: [pc.DEVICETYPE_WEBGL2],
      // Smooth edges cost a software renderer half its frames.
      antialias: !software,
      alpha: false,
      powerPreference: 'high-performance',
    });
    const options = new pc.AppOptions();
    options.graphicsDevice = device;
    options.componentSystems = [pc.RenderComponentSystem, pc.CameraComponentSystem, pc.ScriptComponentSystem];
    const app = new pc.AppBase(canvas);
    app.init(options);
    app.setCanvasFillMode(pc.FILLMODE_FILL_WINDOW);
    app.setCanvasResolution(pc.RESOLUTION_AUTO);
    const stage = new Stage(app, software);
    addEventListener('resize', () => app.resizeCanvas());
    app.start();
    return stage;
  }

  get lens(): pc.CameraComponent {
    const lens = this.camera.camera;
    if (!lens) throw new Error('the camera entity has lost its camera');
    return lens;
  }

  /** A scene point in CSS pixels; z is negative behind the camera. The result is reused by the next call. */
  project(x: number, y: number, z: number): pc.Vec3 {
    this.place.set(x, y, z);
    return this.lens.worldToScreen(this.place, this.projected);
  }

  apply(quality: Quality): void {
    this.app.graphicsDevice.maxPixelRatio = Math.min(quality.pixelRatio, devicePixelRatio || 1);
    this.app.resizeCanvas();
    if (!quality.post) {
      this.frame?.destroy();
      this.frame = undefined;
      this.lens.toneMapping = pc.TONEMAP_ACES2;
      this.lens.gammaCorrection = pc.GAMMA_SRGB;
      return;
    }
    this.frame ??= new pc.CameraFrame(this.app, this.lens);
    const frame = this.frame;
    frame.rendering.toneMapping = pc.TONEMAP_ACES2;
    frame.rendering.samples = quality.samples;
    frame.rendering.sharpness = quality.samples > 1 ? 0 : 0.25;
    frame.bloom.intensity = 0.035;
    frame.bloom.blurLevel = 16;
    frame.vignette.intensity = 0.55;
    frame.vignette.inner = 0.45;
    frame.vignette.outer = 1.35;
    frame.vignette.curvature = 0.6;
    frame.grading.enabled = true;
    frame.grading.saturation = 1.08;
    frame.grading.contrast = 1.03;
    frame.update();
  }
}

/** What draws, as the browser tells it; asked of a context of its own, because the real one needs the answer to be made. */
function rendererName(): string {
  const gl = document.createElement('canvas').getContext('webgl2');
  const names = gl?.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl && gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof name === 'string' ? name : '';
}
