/** A process of the simulation: a part of this one, with its own life, wall clock and disk. */
export type SimulatedProcess = {
  readonly machine: string
  readonly name: string
  /** By which it holds leases. */
  readonly owner: string
  isAlive: boolean
  /** Virtual time until which it is stopped, as by SIGSTOP. */
  frozenUntilMs: number
  /** How far its machine's wall clock is off. */
  steppedMs: number
  /** Tells it to end, as SIGTERM does. */
  readonly stop: AbortController
}

/** The `count`th process of a simulation. */
export function startProcess(machine: string, count: number, steppedMs = 0): SimulatedProcess {
  return {
    machine,
    name: `${machine}#${count}`,
    owner: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    isAlive: true,
    frozenUntilMs: -Infinity,
    steppedMs,
    stop: new AbortController(),
  }
}
