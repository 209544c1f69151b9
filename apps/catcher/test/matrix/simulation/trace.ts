import { createHash, type Hash } from 'node:crypto'

/** The steps of a drop. */
export type Step = 'before the drop' | 'during the drop' | 'after the drop'

/** Where in a simulation something was wrong. */
export type Violation = { readonly fault: string; readonly step: Step; readonly what: string }

/** What happened in a simulation, line by line: its hash, the faults and what was wrong. */
export class Trace {
  readonly #hash: Hash = createHash('sha256')
  readonly #print: ((line: string) => void) | undefined
  readonly #now: () => { readonly ms: number; readonly step: Step }
  readonly faults = new Map<string, number>()
  readonly violations: Violation[] = []
  #lastFault = 'none'
  lines = 0

  constructor(now: () => { readonly ms: number; readonly step: Step }, print?: (line: string) => void) {
    this.#now = now
    this.#print = print
  }

  get hash(): string {
    return this.#hash.copy().digest('hex').slice(0, 16)
  }

  note(what: string): void {
    const line = `${this.#now().ms.toFixed(2).padStart(10)}  ${what}`
    this.lines += 1
    this.#hash.update(`${line}\n`)
    this.#print?.(line)
  }

  fault(kind: string, what = ''): void {
    const cell = `${kind}|${this.#now().step}`
    this.faults.set(cell, (this.faults.get(cell) ?? 0) + 1)
    this.#lastFault = kind
    this.note(`FAULT ${kind} ${what}`)
  }

  violated(what: string): void {
    this.violations.push({ fault: this.#lastFault, step: this.#now().step, what })
    this.note(`VIOLATION ${what}`)
  }
}
