import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What is said of a cell as soon as it is known. */
export type Tell = (line: string) => void

/** What is wrong, and where the lines are that the apps wrote meanwhile. */
export function tellWrong(tell: Tell, what: string, wrong: readonly string[], log: readonly string[]): void {
  if (wrong.length === 0) return
  const file = join(
    mkdtempSync(join(tmpdir(), 'droplock-log-')),
    `${what.replaceAll(/[^a-z0-9]+/g, '-')}.log`,
  )
  writeFileSync(file, log.join('\n'))
  for (const line of [...wrong, `the log of the apps: ${file}`]) tell(`    ${line}`)
}
