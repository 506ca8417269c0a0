/** Draws surfaces with WebGL 1: one light beside the eye, colours and pictures, glass last. */
import type { Surface, Whole } from "./glb.ts";
import type { Matrix } from "./matrix.ts";

const CORNER = `
attribute vec3 point, side; attribute vec4 tint; attribute vec2 place;
uniform mat4 seen, turn; varying vec3 look; varying vec4 paint; varying vec2 spot;
void main() { gl_Position = seen * vec4(point, 1.0); look = mat3(turn) * side; paint = tint; spot = place; }`;
const DOT = `
precision mediump float;
uniform vec4 colour; uniform sampler2D picture; uniform float pictured, lit, cutoff;
varying vec3 look; varying vec4 paint; varying vec2 spot;
void main() {
  vec4 found = colour * paint;
  vec4 drawn = texture2D(picture, spot);
  found *= mix(vec4(1.0), vec4(pow(drawn.rgb, vec3(2.2)), drawn.a), pictured);
  if (found.a < cutoff) discard;
  vec3 side = normalize(gl_FrontFacing ? look : -look);
  float light = mix(1.0, 0.25 + 0.85 * max(dot(side, normalize(vec3(0.35, 0.5, 1.0))), 0.0), lit);
  gl_FragColor = vec4(pow(found.rgb * light, vec3(1.0 / 2.2)), found.a);
}`;
const PAPER = [0.933, 0.953, 0.949, 1] as const;
const SIDE = 1024; // of a picture in the memory of the graphics card; WebGL 1 wants powers of two

interface Part { surface: Surface; buffers: Record<string, WebGLBuffer>; count: number }

export class Drawing {
  private readonly program: WebGLProgram;
  private readonly parts: Part[];
  private readonly textures: WebGLTexture[] = [];

  constructor(private readonly gl: WebGLRenderingContext, whole: Whole) {
    gl.getExtension("OES_element_index_uint");
    this.program = gl.createProgram()!;
    for (const [kind, text] of [[gl.VERTEX_SHADER, CORNER], [gl.FRAGMENT_SHADER, DOT]] as const) {
      const shader = gl.createShader(kind)!;
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(this.program, shader);
    }
    gl.linkProgram(this.program);
    if (!gl.getProgramParameter(this.program, gl.LINK_STATUS)) throw new Error("shader");
    gl.useProgram(this.program);
    gl.enable(gl.DEPTH_TEST);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    const glassLast = [...whole.surfaces].sort((a, b) => Number(a.see === "BLEND") - Number(b.see === "BLEND"));
    this.parts = glassLast.map((one) => this.part(one));
  }

  private part(surface: Surface): Part {
    const { gl } = this;
    const kept = (kind: number, data: Float32Array | Uint32Array): WebGLBuffer => {
      const buffer = gl.createBuffer()!;
      gl.bindBuffer(kind, buffer);
      gl.bufferData(kind, data, gl.STATIC_DRAW);
      return buffer;
    };
    const buffers: Record<string, WebGLBuffer> = {
      point: kept(gl.ARRAY_BUFFER, surface.points), side: kept(gl.ARRAY_BUFFER, surface.upright),
      corners: kept(gl.ELEMENT_ARRAY_BUFFER, surface.corners),
    };
    if (surface.colours) buffers["tint"] = kept(gl.ARRAY_BUFFER, surface.colours);
    if (surface.places) buffers["place"] = kept(gl.ARRAY_BUFFER, surface.places);
    return { surface, buffers, count: surface.corners.length };
  }

  async pictures(found: Blob[]): Promise<void> {
    for (const one of found) this.textures.push(this.texture(await createImageBitmap(one)));
  }

  private texture(picture: ImageBitmap): WebGLTexture {
    const { gl } = this;
    const flat = document.createElement("canvas");
    flat.width = flat.height = SIDE;
    flat.getContext("2d")!.drawImage(picture, 0, 0, SIDE, SIDE);
    const texture = gl.createTexture()!;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, flat);
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    return texture;
  }

  draw(seen: Matrix, turn: Matrix): void {
    const { gl } = this;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.depthMask(true); // glass drawn before has shut it
    gl.clearColor(...PAPER);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.uniformMatrix4fv(this.at("seen"), false, seen);
    gl.uniformMatrix4fv(this.at("turn"), false, turn);
    for (const one of this.parts) this.surface(one);
  }

  private at(name: string): WebGLUniformLocation | null {
    return this.gl.getUniformLocation(this.program, name);
  }

  private surface({ surface, buffers, count }: Part): void {
    const { gl } = this;
    const glass = surface.see === "BLEND";
    if (glass) gl.enable(gl.BLEND);
    else gl.disable(gl.BLEND);
    gl.depthMask(!glass);
    this.attribute("point", buffers, 3);
    this.attribute("side", buffers, 3);
    this.attribute("tint", buffers, 4);
    this.attribute("place", buffers, 2);
    const texture = surface.picture === null ? undefined : this.textures[surface.picture];
    gl.bindTexture(gl.TEXTURE_2D, texture ?? null);
    gl.uniform4fv(this.at("colour"), surface.see === "OPAQUE" ? [...surface.colour.slice(0, 3), 1] : surface.colour);
    gl.uniform1f(this.at("pictured"), texture ? 1 : 0);
    gl.uniform1f(this.at("lit"), surface.lit ? 1 : 0);
    gl.uniform1f(this.at("cutoff"), surface.see === "MASK" ? surface.cutoff : 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffers["corners"]!);
    gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, 0);
  }

  private attribute(name: string, buffers: Record<string, WebGLBuffer>, wide: number): void {
    const { gl } = this;
    const place = gl.getAttribLocation(this.program, name);
    const buffer = buffers[name];
    if (!buffer) {
      gl.disableVertexAttribArray(place);
      gl.vertexAttrib4f(place, 1, 1, 1, 1);
      return;
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, wide, gl.FLOAT, false, 0, 0);
  }
}
