import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Attempt } from '@droplock/core/targets/record'

/**
 * The record of one process for one registry account: a line for a command that is sent, a line when its answer arrives. Both are only
 * put into memory, and written by other threads, so that no command waits for the file, however slow its disk is. `kill -9` loses what
 * was not written yet, milliseconds; what was written survives it, as the page cache does. It is not synced to disk: the loss of a
 * journal costs evidence alone, since outcomes are found out by `info` (ADR 3). So no error of its disk is thrown: catching goes on
 * without it. Of a disk that is too slow the oldest lines are given up.
 */
export type Journal = {
  readonly sent: (attempt: Attempt) => void
  readonly answered: (attempt: Attempt) => void
  /** Truncates the file: everything in it is in the database. */
  readonly forget: () => void
  /** Writes what is left, unless the disk takes too long for it. */
  readonly close: () => Promise<void>
}

/** Called with the first error of the journal's disk, and with undefined as soon as it can be written again. */
export type OnJournalFault = (error: unknown) => void

/** Who writes a journal: a process, during one of its leases. */
export type Writer = { readonly owner: string; readonly epoch: bigint }

/** Lines that wait for the disk; some seconds at the highest rates of registries. */
const WAITING_MAX = 10_000

/** A lease is not held up by a disk that does not answer. Milliseconds. */
const CLOSE_MS_MAX = 2_000

/** Opens a new journal file for the account, or does so later, when the disk allows it. */
export function openJournal(
  folder: string,
  accountId: string,
  writer: Writer,
  onFault: OnJournalFault = () => undefined,
): Journal {
  const file = new JournalFile(folder, fileName(accountId, writer))
  const report = createReport(onFault)
  let waiting: Attempt[] = []
  let isForgetting = false
  let isClosed = false
  const work = async () => {
    // What is sent in this turn of the event loop is written together.
    await new Promise(setImmediate)
    while (isForgetting || waiting.length > 0) {
      const isForgotten = isForgetting
      const lines = isForgotten ? [] : waiting.splice(0)
      isForgetting = false
      await (isForgotten ? file.forget() : file.write(lines)).then(() => report(undefined), report)
    }
    working = undefined
    if (isClosed) await file.close().catch(report)
  }
  // A disk that cannot be written is noticed before anything is sent.
  let working: Promise<void> | undefined = file
    .open()
    .then(() => undefined, report)
    .then(work)
  const append = (attempt: Attempt) => {
    if (waiting.length === WAITING_MAX) {
      waiting.shift()
      report(new Error('the disk of the journal is too slow'))
    }
    waiting.push(attempt)
    working ??= work()
  }
  return {
    sent: append,
    answered: append,
    forget: () => {
      waiting = []
      isForgetting = !file.isEmpty
      if (isForgetting) working ??= work()
    },
    close: async () => {
      isClosed = true
      await Promise.race([(working ??= work()), delay(CLOSE_MS_MAX, undefined, { ref: false })])
    },
  }
}

/** Reports the first error of a row, and that the next step succeeded. */
function createReport(onFault: OnJournalFault): (error: unknown) => void {
  let isFailing = false
  return (error) => {
    const fails = error !== undefined
    if (fails !== isFailing) onFault(error)
    isFailing = fails
  }
}

/** One file, on which one step is done at a time. */
class JournalFile {
  readonly #folder: string
  readonly #path: string
  #handle: FileHandle | undefined
  #isEmpty = true
  /** It may end within a line. */
  #isTorn = false

  constructor(folder: string, name: string) {
    this.#folder = folder
    this.#path = join(folder, name)
  }

  async open(): Promise<FileHandle> {
    if (this.#handle !== undefined) return this.#handle
    await mkdir(this.#folder, { recursive: true })
    this.#handle = await open(this.#path, 'a')
    return this.#handle
  }

  /** On a disk that is almost full only a part is written: that line is lost, and the next one begins anew. */
  async write(attempts: readonly Attempt[]): Promise<void> {
    const handle = await this.open()
    const begin = this.#isTorn ? '\n' : ''
    this.#isEmpty = false
    this.#isTorn = true
    await handle.appendFile(begin + attempts.map((attempt) => `${JSON.stringify(attempt)}\n`).join(''))
    this.#isTorn = false
  }

  get isEmpty(): boolean {
    return this.#isEmpty
  }

  async forget(): Promise<void> {
    await this.#handle?.truncate(0)
    this.#isEmpty = true
    this.#isTorn = false
  }

  async close(): Promise<void> {
    await this.#handle?.close()
  }
}

/**
 * The attempts in the journals of earlier processes: the last line of each command, so that one without an answer is `unknown`. An
 * incomplete last line is skipped. `forget` deletes the files that were read.
 */
export function readLeftovers(folder: string, accountId: string, writer: Writer) {
  mkdirSync(folder, { recursive: true })
  const files = readdirSync(folder).filter(
    (name) => accountOf(name) === accountId && name !== fileName(accountId, writer),
  )
  const attempts = new Map<string, Attempt>()
  for (const name of files) {
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) {
      const attempt = parseLine(line)
      if (attempt !== undefined) attempts.set(attempt.clTRID, attempt)
    }
  }
  return {
    attempts: [...attempts.values()],
    forget: () => {
      for (const name of files) rmSync(join(folder, name), { force: true })
    },
  }
}

function fileName(accountId: string, { owner, epoch }: Writer): string {
  return `${encodeURIComponent(accountId)}.${owner}.${epoch}.jsonl`
}

/** An account's id may contain dots. Two parts, which do not, follow it. */
function accountOf(name: string): string | undefined {
  const id = /^(.+)\.[^.]+\.\d+\.jsonl$/.exec(name)?.[1]
  return id && decodeURIComponent(id)
}

function parseLine(line: string): Attempt | undefined {
  if (line === '') return undefined
  try {
    const attempt = JSON.parse(line) as Attempt & { sentAt: string; answeredAt: string | null }
    return {
      ...attempt,
      sentAt: new Date(attempt.sentAt),
      answeredAt: attempt.answeredAt === null ? null : new Date(attempt.answeredAt),
    }
  } catch {
    return undefined
  }
}
