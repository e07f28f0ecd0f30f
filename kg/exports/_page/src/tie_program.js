/**
 * Draws the ties of the network as bent ribbons: smooth for cooperation, jagged for conflict, of two rails where words
 * are all there is, dashed where nothing has happened yet, with a small cross where it is denied, and with a head at
 * each end to which something is done.
 */

import { EdgeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const STEPS = 14;

const VERTEX = /* glsl */ `
attribute vec2 a_source;
attribute vec2 a_target;
attribute vec2 a_sizes;
attribute float a_width;
attribute float a_room;
attribute float a_bend;
attribute vec4 a_look;
attribute vec2 a_heads;
attribute vec4 a_color;
attribute vec4 a_id;
attribute vec2 a_at;
uniform mat3 u_matrix;
uniform vec2 u_dimensions;
uniform float u_scale;
uniform float u_pixel;
varying vec4 v_color;
varying vec4 v_look;
varying vec2 v_heads;
varying vec2 v_ends;
varying float v_along;
varying float v_aside;
varying float v_length;
varying float v_width;

vec2 pixels(vec2 place) {
  return ((u_matrix * vec3(place, 1.0)).xy + 1.0) * u_dimensions / 2.0;
}

void main() {
  vec2 from = pixels(a_source);
  vec2 to = pixels(a_target);
  vec2 along = to - from;
  float chord = max(length(along), 0.001);
  vec2 middle = (from + to) / 2.0 + vec2(-along.y, along.x) * a_bend;
  float t = a_at.x;
  vec2 point = mix(mix(from, middle, t), mix(middle, to, t), t);
  vec2 heading = mix(middle - from, to - middle, t);
  heading /= max(length(heading), 0.001);
  v_width = a_width * u_scale;
  float reach = max(v_width / 2.0, a_room * u_pixel) + 1.5 * u_pixel;
  v_aside = a_at.y * reach;
  v_length = (2.0 * chord + length(middle - from) + length(to - middle)) / 3.0;
  v_along = v_length * t;
  v_ends = a_sizes * u_scale;
  v_look = a_look;
  v_heads = a_heads;
  gl_Position = vec4((point + vec2(-heading.y, heading.x) * v_aside) * 2.0 / u_dimensions - 1.0, 0.0, 1.0);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_look; /* jagged, rails, dashed, crossed */
varying vec2 v_heads;
varying vec2 v_ends;
varying float v_along;
varying float v_aside;
varying float v_length;
varying float v_width;
uniform float u_pixel;

float within(float value, float limit) {
  return 1.0 - smoothstep(limit - 0.6, limit + 0.6, value);
}

void main() {
  #ifdef PICKING_MODE
  if (abs(v_aside) > max(v_width / 2.0, 4.0 * u_pixel)) discard;
  gl_FragColor = vec4(v_color.rgb, v_color.a * 255.0 / 254.0);
  #else
  float px = u_pixel;
  float start = v_along - v_ends.x;
  float left = v_length - v_along - v_ends.y;
  float head = max(8.0 * px, v_width * 1.6);
  float broad = max(4.2 * px, v_width * 0.95);

  float beat = 8.0 * px;
  float tooth = abs(fract(v_along / beat) - 0.5) * 4.0 - 1.0;
  float calm = smoothstep(0.0, beat, start) * smoothstep(0.0, beat, left - v_heads.y * head);
  float aside = abs(v_aside - v_look.x * tooth * 2.1 * px * calm) * (1.0 - 0.25 * v_look.x);
  float half_width = v_width / 2.0;
  float line = within(aside, half_width);
  float rail = max(v_width * 0.24, 0.55 * px);
  line *= 1.0 - v_look.y * within(aside, half_width - rail * 1.5);
  line *= 1.0 - v_look.z * step(0.58, fract(v_along / (10.0 * px)));
  float body = line * step(v_heads.x * head * 0.7, start) * step(v_heads.y * head * 0.7, left);

  float arrow = v_heads.y * within(abs(v_aside), broad * clamp(left / head, 0.0, 1.0)) * step(0.0, left) * step(left, head);
  arrow = max(arrow, v_heads.x * within(abs(v_aside), broad * clamp(start / head, 0.0, 1.0)) * step(0.0, start) * step(start, head));

  float middle = v_along - v_length / 2.0;
  float arm = abs(abs(middle) - abs(v_aside));
  float inside = within(max(abs(middle), abs(v_aside)), 5.0 * px);
  float gap = v_look.w * within(length(vec2(middle, v_aside)), 8.5 * px);
  float cross = v_look.w * inside * within(arm, 1.5 * px);

  float drawn = max(max(body, arrow) * (1.0 - gap), cross);
  gl_FragColor = vec4(v_color.rgb, 1.0) * v_color.a * drawn;
  #endif
}
`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGLRenderingContext;

function ribbon() {
  return Array.from({ length: STEPS + 1 }, (_, step) => [[step / STEPS, -1], [step / STEPS, 1]]).flat();
}

/**
 * A program of sigma; ties have `size` (their width), `room` (pixels at either side for heads and teeth), `bend` (how far the middle of the bow stands off, in parts of the
 * length), `look` (jagged, rails, dashed, crossed: each 0 or 1), `heads` (at source and target) and `color`.
 */
export class TieProgram extends EdgeProgram {
  getDefinition() {
    return {
      VERTICES: 2 * (STEPS + 1),
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLE_STRIP,
      UNIFORMS: ["u_matrix", "u_dimensions", "u_scale", "u_pixel"],
      ATTRIBUTES: [
        { name: "a_source", size: 2, type: FLOAT },
        { name: "a_target", size: 2, type: FLOAT },
        { name: "a_sizes", size: 2, type: FLOAT },
        { name: "a_width", size: 1, type: FLOAT },
        { name: "a_room", size: 1, type: FLOAT },
        { name: "a_bend", size: 1, type: FLOAT },
        { name: "a_look", size: 4, type: FLOAT },
        { name: "a_heads", size: 2, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_at", size: 2, type: FLOAT }],
      CONSTANT_DATA: ribbon(),
    };
  }

  processVisibleItem(id, start, source, target, tie) {
    const { array } = this;
    const values = [source.x, source.y, target.x, target.y, source.size, target.size, tie.size, tie.room, tie.bend];
    values.push(...tie.look, ...tie.heads, floatColor(tie.color), id);
    for (let at = 0; at < values.length; at += 1) array[start + at] = values[at];
  }

  setUniforms(params, { gl, uniformLocations }) {
    const { u_matrix, u_dimensions, u_scale, u_pixel } = uniformLocations;
    gl.uniformMatrix3fv(u_matrix, false, params.matrix);
    gl.uniform2f(u_dimensions, params.width * params.pixelRatio, params.height * params.pixelRatio);
    gl.uniform1f(u_scale, params.pixelRatio / params.sizeRatio);
    gl.uniform1f(u_pixel, params.pixelRatio);
  }
}
