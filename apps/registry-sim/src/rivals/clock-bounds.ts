/**
 * The registry's clock minus ours, in milliseconds, by what it wrote between our sending and receiving. Each such time bounds the
 * difference from both sides, and several narrow it. One that contradicts those before replaces them: a greeting may be wrong, the
 * crDate of a registration of ours is not.
 */
export class ClockBounds {
  #fromMs = -Infinity
  #toMs = Infinity

  /** `resolutionMs`: the registry rounds its time down to a multiple of this. */
  note(sentMs: number, answeredMs: number, serverMs: number, resolutionMs = 1): void {
    const fromMs = serverMs - answeredMs
    const toMs = serverMs + resolutionMs - sentMs
    const isNarrower = Math.max(fromMs, this.#fromMs) <= Math.min(toMs, this.#toMs)
    this.#fromMs = isNarrower ? Math.max(fromMs, this.#fromMs) : fromMs
    this.#toMs = isNarrower ? Math.min(toMs, this.#toMs) : toMs
  }

  /** The middle of what is possible; 0 before anything is known. */
  get offsetMs(): number {
    return Number.isFinite(this.#fromMs) ? (this.#fromMs + this.#toMs) / 2 : 0
  }
}
