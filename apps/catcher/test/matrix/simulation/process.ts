/** A process of the simulation: a part of this one, with its own life, wall clock and disk. */
export type SimulatedProcess = {
  readonly machine: string
  readonly name: string
  isAlive: boolean
  /** Virtual time until which it is stopped, as by SIGSTOP. */
  frozenUntilMs: number
  /** How far its machine's wall clock is off. */
  steppedMs: number
  /** Its time while it was frozen, which a monotonic clock that is not one leaves out. */
  frozenMs: number
  /** By which it holds leases. */
  readonly owner: string
  readonly running: Promise<void>
}

export function startProcess(machine: string, name: string, steppedMs = 0): SimulatedProcess {
  return { machine, name, isAlive: true, frozenUntilMs: -Infinity, steppedMs, frozenMs: 0, owner: '', running: Promise.resolve() }
}
