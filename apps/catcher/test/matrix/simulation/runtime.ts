import { AsyncLocalStorage } from 'node:async_hooks'
import type { VirtualTime } from '../world/virtual-time.ts'
import type { SimulatedProcess } from './process.ts'

/** What every simulated process is run by: its timers and what arrives for it happen in the virtual time, as long as it lives. */
export class Runtime {
  readonly time: VirtualTime
  readonly #current = new AsyncLocalStorage<SimulatedProcess>()

  constructor(time: VirtualTime) {
    this.time = time
  }

  /** The process whose code runs now; undefined in the world around the processes. */
  get current(): SimulatedProcess | undefined {
    return this.#current.getStore()
  }

  /** Runs code of the process. What it starts belongs to the process too. */
  run<Result>(process: SimulatedProcess, work: () => Result): Result {
    return this.#current.run(process, work)
  }

  /** Something happens in the process: not in one that was killed, and in a frozen one when it continues. */
  deliver(process: SimulatedProcess, run: () => void): void {
    if (!process.isAlive) return
    const frozenMs = process.frozenUntilMs - this.time.nowMs()
    if (frozenMs > 0) this.time.after(frozenMs, () => this.deliver(process, run))
    else this.#current.run(process, run)
  }

  /** A timer of the process that runs now. Returns what cancels it. */
  after(ms: number, run: () => void): () => void {
    const owner = this.current
    return this.time.after(ms, owner === undefined ? run : () => this.deliver(owner, run))
  }
}
