import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Attempt } from '@droplock/core/targets/record'

/**
 * The record of one process for one registry account: a line for a command that is sent, a line when its answer arrives. Both are only
 * put into memory, and written in the next turn of the event loop, so that no command waits for the file. `kill -9` loses what was not
 * written yet, milliseconds; what was written survives it, as the page cache does. It is not synced to disk: the loss of a journal costs
 * evidence alone, since outcomes are found out by `info` (ADR 3). So no error of its disk is thrown: catching goes on without it.
 */
export type Journal = {
  readonly sent: (attempt: Attempt) => void
  readonly answered: (attempt: Attempt) => void
  /** Truncates the file: everything in it is in the database. */
  readonly forget: () => void
  readonly close: () => void
}

/** Called with the first error of the journal's disk, and with undefined as soon as it can be written again. */
export type OnJournalFault = (error: unknown) => void

/** Who writes a journal: a process, during one of its leases. */
export type Writer = { readonly owner: string; readonly epoch: bigint }

/** Opens a new journal file for the account, or does so later, when the disk allows it. */
export function openJournal(
  folder: string,
  accountId: string,
  writer: Writer,
  onFault: OnJournalFault = () => undefined,
): Journal {
  const guard = createGuard(onFault)
  let file: number | undefined
  let unwritten: Attempt[] = []
  let written = false
  /** The file may end within a line. */
  let isTorn = false
  let isClosed = false
  const open = () => {
    mkdirSync(folder, { recursive: true })
    return openSync(join(folder, fileName(accountId, writer)), 'a')
  }
  guard(() => (file = open()))
  const write = () => {
    if (unwritten.length === 0 || isClosed) return
    const lines = unwritten.map((attempt) => `${JSON.stringify(attempt)}\n`)
    unwritten = []
    guard(() => {
      file ??= open()
      written = true
      const begin = isTorn ? '\n' : ''
      isTorn = true
      writeWhole(file, Buffer.from(begin + lines.join('')))
      isTorn = false
    })
  }
  const append = (attempt: Attempt) => {
    if (unwritten.length === 0) setImmediate(write)
    unwritten.push(attempt)
  }
  return {
    sent: append,
    answered: append,
    forget: () => {
      unwritten = []
      const opened = file
      if (!written || opened === undefined) return
      guard(() => {
        ftruncateSync(opened)
        written = false
        isTorn = false
      })
    },
    close: () => {
      write()
      isClosed = true
      const opened = file
      if (opened !== undefined) guard(() => closeSync(opened))
    },
  }
}

/** Runs steps whose errors are reported: the first of a row, and that the next step succeeded. */
function createGuard(onFault: OnJournalFault): (step: () => void) => void {
  let isFailing = false
  return (step) => {
    try {
      step()
      if (isFailing) onFault(undefined)
      isFailing = false
    } catch (error) {
      if (!isFailing) onFault(error)
      isFailing = true
    }
  }
}

/** On a disk that is almost full less is written than was asked for. */
function writeWhole(file: number, octets: Buffer): void {
  for (let done = 0; done < octets.length; ) done += writeSync(file, octets, done)
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
