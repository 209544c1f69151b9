import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { applyCommand } from './apply.ts'
import type { Action, Command } from './commands.ts'
import { type Books, emptyBooks, type Outcome } from './records.ts'

export type ProcessorOptions = {
  readonly now: () => Date
  /** Where the commands are kept, so that a restart finds the same books. In memory only when absent. */
  readonly folder?: string
  /** Seeds of ids; unguessable unless told, for a client secret comes of one. */
  readonly newId?: () => string
}

export type Processor = {
  readonly books: Readonly<Books>
  /** Carries out an action and keeps it. `replayed`: the key had been used for the same before. */
  apply(action: Action, key?: string): { readonly outcome: Outcome; readonly replayed: boolean }
}

const journalName = 'commands.ndjson'

/** A card processor with its books, read from the folder if there is one. Throws when the folder can't be used. */
export function openProcessor({ now, folder, newId = randomId }: ProcessorOptions): Processor {
  const books = emptyBooks()
  const journal = folder === undefined ? undefined : join(folder, journalName)
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (journal !== undefined) for (const command of readJournal(journal)) applyCommand(books, command)
  return {
    books,
    apply: (action, key) => {
      const stamp = { id: newId(), atMs: now().getTime() }
      const command: Command = { ...action, ...stamp, ...(key === undefined ? {} : { key }) }
      const applied = applyCommand(books, command)
      // What changed nothing is not kept. Play money: a crash of the machine may cost the last lines.
      if (journal !== undefined && !applied.replayed) {
        appendFileSync(journal, `${JSON.stringify(command)}\n`, { mode: 0o600 })
      }
      return applied
    },
  }
}

function randomId(): string {
  return randomBytes(12).toString('hex')
}

/** Whole lines only: a last line cut short by a crash was never answered, and would spoil the next. */
function readJournal(journal: string): Command[] {
  if (!existsSync(journal)) return []
  const text = readFileSync(journal, 'utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) truncateSync(journal, Buffer.byteLength(whole))
  const lines = whole.split('\n').slice(0, -1)
  return lines.map((line): Command => JSON.parse(line))
}
