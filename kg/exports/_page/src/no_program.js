/** A program of sigma that draws nothing, in place of those that it brings and the network does not use. */

export class NoProgram {
  reallocate() {}

  process() {}

  render() {}

  kill() {}
}
