import type fs from 'node:fs'
import type filesAsync from 'node:fs/promises'
import type { Runtime } from './runtime.ts'

/** Paths that are on the virtual disk. The first folder is the machine's. */
const ROOT = '/simulated/'

const isVirtual = (path: unknown): path is string => typeof path === 'string' && path.startsWith(ROOT)

/** The folder of a machine's journals. */
export const folderOf = (machine: string) => `${ROOT}${machine}`

/** Files in memory, for the journals of the simulated machines. What was written outlives a process, as in the page cache. */
export class VirtualDisk {
  readonly #files = new Map<string, string>()
  readonly #runtime: Runtime
  readonly #writesMs: () => number
  /** Machines whose disks are full. */
  readonly full = new Set<string>()

  constructor(runtime: Runtime, writesMs: () => number) {
    this.#runtime = runtime
    this.#writesMs = writesMs
  }

  /** The disk of a machine is lost. */
  lose(machine: string): void {
    for (const path of this.#files.keys())
      if (path.startsWith(`${folderOf(machine)}/`)) this.#files.delete(path)
  }

  /** What the simulation puts in place of functions of `node:fs`. */
  synchronous(real: typeof fs) {
    const { mkdirSync, readdirSync, readFileSync, rmSync } = real
    return {
      mkdirSync: (path: string, ...given: []) => (isVirtual(path) ? undefined : mkdirSync(path, ...given)),
      readdirSync: (path: string, ...given: []) =>
        isVirtual(path) ? this.#namesIn(path) : readdirSync(path, ...given),
      readFileSync: (path: string, ...given: []) =>
        isVirtual(path) ? (this.#files.get(path) ?? '') : readFileSync(path, ...given),
      rmSync: (path: string, ...given: []) => {
        if (isVirtual(path)) this.#files.delete(path)
        else rmSync(path, ...given)
      },
    }
  }

  /** The same of `node:fs/promises`. */
  asynchronous(real: typeof filesAsync) {
    const { mkdir, open } = real
    return {
      mkdir: async (path: string, ...given: []) => (isVirtual(path) ? this.#takes() : mkdir(path, ...given)),
      open: async (path: string, ...given: []) => {
        if (!isVirtual(path)) return open(path, ...given)
        await this.#takes()
        if (!this.#files.has(path)) this.#files.set(path, '')
        return this.#handle(path)
      },
    }
  }

  #namesIn(folder: string): readonly string[] {
    const paths = [...this.#files.keys()].filter((path) => path.startsWith(`${folder}/`))
    return paths.map((path) => path.slice(folder.length + 1))
  }

  #handle(path: string) {
    return {
      appendFile: async (text: string) => {
        await this.#takes()
        if (this.full.has(path.slice(ROOT.length).split('/')[0] ?? ''))
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
        this.#files.set(path, `${this.#files.get(path) ?? ''}${text}`)
      },
      truncate: async () => {
        await this.#takes()
        this.#files.set(path, '')
      },
      close: () => this.#takes(),
    }
  }

  #takes(): Promise<void> {
    return new Promise((resolve) => void this.#runtime.after(this.#writesMs(), resolve))
  }
}
