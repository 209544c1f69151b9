import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sharedLists } from '@droplock/infra/demo/lists'

export type ListFiles = {
  readonly first: string
  readonly second: string
  /** The first without its last name: another file with the same names. */
  readonly firstAgain: string
  readonly remove: () => void
}

/** Two lists of one registry: real ones where they lie beside the checkout, else made up. */
export function twoLists(): ListFiles {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-lists-'))
  const [one, other] = sharedLists().map(({ path }) => path)
  if (one === undefined || other === undefined)
    console.log('no real drop lists beside the checkout: made-up ones are used')
  const first = one ?? written(folder, '2026-02-09.txt', 'first')
  const second = other ?? written(folder, '2026-02-10.txt', 'second')
  const firstAgain = join(folder, '2026-02-09-again.txt')
  writeFileSync(firstAgain, `${linesOf(first).slice(0, -1).join('\n')}\n`)
  return { first, second, firstAgain, remove: () => rmSync(folder, { recursive: true }) }
}

export function linesOf(path: string): readonly string[] {
  return readFileSync(path, 'utf8').trimEnd().split('\n')
}

const namesMade = 500

function written(folder: string, file: string, word: string): string {
  const path = join(folder, file)
  writeFileSync(path, Array.from({ length: namesMade }, (_, index) => `${word}-${index}.pl\n`).join(''))
  return path
}
