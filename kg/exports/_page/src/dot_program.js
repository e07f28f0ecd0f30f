/** Draws the dots of the network: the shape tells the kind of actor, a ring the one that is selected. */

import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const VERTEX = /* glsl */ `
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_ring;
attribute vec4 a_color;
attribute vec4 a_edge;
attribute vec4 a_id;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_dimensions;
uniform float u_scale;
varying vec4 v_color;
varying vec4 v_edge;
varying vec2 v_at;
varying float v_size;
varying float v_shape;
varying float v_ring;

void main() {
  vec2 middle = (u_matrix * vec3(a_position, 1.0)).xy;
  v_size = a_size * u_scale;
  float reach = v_size * 1.35 + 6.0 * u_scale;
  v_at = a_corner * reach;
  gl_Position = vec4(middle + v_at * 2.0 / u_dimensions, 0.0, 1.0);
  v_shape = a_shape;
  v_ring = a_ring;
  v_edge = a_edge;
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
varying vec4 v_edge;
varying vec2 v_at;
varying float v_size;
varying float v_shape;
varying float v_ring;
uniform float u_scale;

float box(vec2 p, float half_side, float round_by) {
  vec2 d = abs(p) - vec2(half_side - round_by);
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0) - round_by;
}

float polygon(vec2 p, float sides, float inner, float turn) {
  float sector = 6.2831853 / sides;
  float angle = atan(p.x, p.y) + turn;
  angle = mod(angle + sector / 2.0, sector) - sector / 2.0;
  return length(p) * cos(angle) - inner;
}

/* How far a point is outside of the shape of a kind, in pixels; negative inside. */
float outside(vec2 p, float size) {
  if (v_shape < 0.5) return length(p) - size;
  if (v_shape < 1.5) return box(p, size * 0.9, size * 0.18);
  if (v_shape < 2.5) return box(mat2(0.7071, 0.7071, -0.7071, 0.7071) * p, size * 0.86, size * 0.1);
  if (v_shape < 3.5) return polygon(p + vec2(0.0, size * 0.15), 3.0, size * 0.64, 3.14159265);
  if (v_shape < 4.5) return polygon(p, 6.0, size * 0.92, 0.0);
  if (v_shape < 5.5) return polygon(p, 5.0, size * 0.88, 3.14159265);
  if (v_shape < 6.5) return polygon(p - vec2(0.0, size * 0.15), 3.0, size * 0.64, 0.0);
  if (v_shape < 7.5) return max(length(p) - size, size * 0.42 - length(p));
  return min(max(length(p) - size, size * 0.82 - length(p)), length(p) - size * 0.66);
}

void main() {
  float far = outside(v_at, v_size);
  float whole = v_shape > 6.5 ? length(v_at) - v_size : far;
  #ifdef PICKING_MODE
  if (whole > 2.0) discard;
  gl_FragColor = vec4(v_color.rgb, v_color.a * 255.0 / 254.0);
  #else
  float soft = 0.75;
  float rim = 1.4 * u_scale;
  float fill = 1.0 - smoothstep(-soft, soft, far);
  float line = fill * smoothstep(-rim - soft, -rim + soft, far);
  vec3 tint = mix(v_color.rgb, v_edge.rgb, line);
  vec4 drawn = vec4(tint, 1.0) * fill * v_color.a;
  float ring = v_ring * (1.0 - smoothstep(1.6 * u_scale - soft, 1.6 * u_scale + soft, abs(whole - 3.6 * u_scale)));
  gl_FragColor = drawn + vec4(v_edge.rgb, 1.0) * ring * (1.0 - drawn.a);
  #endif
}
`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGLRenderingContext;

/** A program of sigma; dots have `x, y, size, shape, color, edge` and `ring`, 0 or 1. */
export class DotProgram extends NodeProgram {
  getDefinition() {
    return {
      VERTICES: 4,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLE_STRIP,
      UNIFORMS: ["u_matrix", "u_dimensions", "u_scale"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_ring", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_edge", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[-1, -1], [1, -1], [-1, 1], [1, 1]],
    };
  }

  processVisibleItem(id, start, dot) {
    const { array } = this;
    const values = [dot.x, dot.y, dot.size, dot.shape, dot.ring, floatColor(dot.color), floatColor(dot.edge), id];
    for (let at = 0; at < values.length; at += 1) array[start + at] = values[at];
  }

  setUniforms(params, { gl, uniformLocations }) {
    const { u_matrix, u_dimensions, u_scale } = uniformLocations;
    gl.uniformMatrix3fv(u_matrix, false, params.matrix);
    gl.uniform2f(u_dimensions, params.width * params.pixelRatio, params.height * params.pixelRatio);
    gl.uniform1f(u_scale, params.pixelRatio / params.sizeRatio);
  }
}
