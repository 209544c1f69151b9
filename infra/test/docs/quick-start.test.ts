import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { blocksOf, printedForm } from './blocks.ts'
import { type Service, startService } from './service.ts'

// Runs the quick starts as a reader does, line by line out of the pages, against what `npm start` starts.

let service: Service
beforeAll(async () => {
  service = await startService()
}, 120_000)
afterAll(() => service[Symbol.asyncDispose]())

/** Longer than two drops of the sandbox take on a busy machine. Milliseconds. */
const timeout = 300_000

/** Between the outputs of two blocks. */
const MARK = '— the next block —'

/** A reader's shell, in a folder of its own. */
async function runInShell(script: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-quick-start-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  // In a process group of its own, which ends with what it left running.
  const shell = spawn('bash', ['-e', '-u', '-o', 'pipefail'], { cwd: folder, detached: true })
  onTestFinished(() => {
    try {
      process.kill(-(shell.pid ?? 0), 'SIGKILL')
    } catch {
      // Nothing was left.
    }
  })
  shell.stdin.end(script)
  const [out, err] = await Promise.all([text(shell.stdout), text(shell.stderr)])
  return `${out}${err}`
}

test('the quick start does what it says, block by block', { timeout }, async () => {
  const blocks = blocksOf('quick-start.md', 'bash')
  expect(blocks.length).toBeGreaterThan(12)
  const [first, ...others] = blocks.map(({ code }) => code)
  // What a reader replaces.
  const access = first?.replace(/^API=.*$/m, `API=${service.api}`).replace(/^KEY=.*$/m, `KEY=${service.key}`)
  const said = await runInShell([access, ...others].join(`\necho '${MARK}'\n`))
  const printed = said.split(`${MARK}\n`)
  for (const [index, { code, prints = '' }] of blocks.entries())
    expect(printed[index] ?? 'it was not reached', `${code}\nfailed after:\n${said}`).toMatch(
      printedForm(prints),
    )
})

describe('what a page says is printed', () => {
  test.each([
    ['{"a":…}\n', '{"a":1}\n', true],
    ['{"a":…}\n', '{"b":1}\n', false],
    ['one\n', 'one\ntwo\n', false],
    ['one\n…\n', 'one\ntwo\nthree\n', true],
    ['', '', true],
    ['', 'curl: (7) Failed to connect\n', false],
  ])('%j is compared with %j: %s', (prints, printed, isRight) => {
    expect(printedForm(prints).test(printed)).toBe(isRight)
  })
})
