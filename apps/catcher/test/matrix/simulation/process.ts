/** A process of the simulation: a part of this one, with its own life, wall clock and disk. */
export type SimulatedProcess = {
  readonly machine: string
  readonly name: string
  isAlive: boolean
  /** Virtual time until which it is stopped, as by SIGSTOP. */
  frozenUntilMs: number
  /** How far its machine's wall clock is off. */
  steppedMs: number
  /** By which it holds leases. */
  readonly owner: string
  readonly running: Promise<void>
  /** Tells it to end, as SIGTERM does. */
  readonly stop: AbortController
}

export function startProcess(machine: string, name: string, steppedMs = 0): SimulatedProcess {
  return {
    machine,
    name,
    isAlive: true,
    frozenUntilMs: -Infinity,
    steppedMs,
    owner: '',
    running: Promise.resolve(),
    stop: new AbortController(),
  }
}
