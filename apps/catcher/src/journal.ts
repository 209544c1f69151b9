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
 * The write-ahead record of one process at one registry account: a line before a command leaves, a line when its answer is
 * there. It survives `kill -9`, for the page cache does; it is not synced to disk, for its loss costs evidence, never an
 * outcome (`info` tells that).
 */
export type Journal = {
  readonly sent: (attempt: Attempt) => void
  readonly answered: (attempt: Attempt) => void
  /** Everything so far is in the database: start over. */
  readonly forget: () => void
  readonly close: () => void
}

/** Who writes a journal: a process, and which of its leases. */
export type Writer = { readonly owner: string; readonly epoch: bigint }

/** Opens a new journal file for the account. */
export function openJournal(folder: string, accountId: string, writer: Writer): Journal {
  mkdirSync(folder, { recursive: true })
  const file = openSync(join(folder, fileName(accountId, writer)), 'a')
  let written = false
  const append = (attempt: Attempt) => {
    writeSync(file, `${JSON.stringify(attempt)}\n`)
    written = true
  }
  return {
    sent: append,
    answered: append,
    forget: () => {
      if (written) ftruncateSync(file)
      written = false
    },
    close: () => closeSync(file),
  }
}

/**
 * What earlier processes left behind for the account: for each command its last line, so one that was sent and never
 * answered comes out as `unknown`. A torn last line is skipped. `forget` deletes what was read.
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

/** An account's id may have dots in it, and what stands behind it has two. */
function accountOf(name: string): string | undefined {
  const id = /^(.+)\.[^.]+\.\d+\.jsonl$/.exec(name)?.[1]
  return id && decodeURIComponent(id)
}

function parseLine(line: string): Attempt | undefined {
  if (line === '') return undefined
  try {
    const told = JSON.parse(line) as Attempt & { sentAt: string; answeredAt: string | null }
    return {
      ...told,
      sentAt: new Date(told.sentAt),
      answeredAt: told.answeredAt === null ? null : new Date(told.answeredAt),
    }
  } catch {
    return undefined
  }
}
