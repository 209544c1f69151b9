import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readArguments } from '../../src/demo/arguments.ts'
import { runMoneyDemo } from '../../src/demo/money/run-money-demo.ts'
import { repositoryRoot } from '../../src/paths.ts'
import { UsageError } from '../../src/processes/arguments.ts'

const crowdSize = 20

test('every step of the money happens over the wire, and no promise about the books is broken', {
  timeout: 120_000,
}, async () => {
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const output = { say, line: () => undefined }
  const { summary, broken } = await runMoneyDemo(output, new AbortController().signal, crowdSize)
  expect(broken).toEqual([])
  expect(summary).toMatchObject({ card_orders: 1, failures_at_once: crowdSize, unmatched: 0 })
  for (const [figure, count] of Object.entries(summary)) {
    if (figure !== 'unmatched') expect.soft(count, figure).toBeGreaterThan(0)
  }
  expect(said.join('\n')).toContain('promises about the books are proven')
})

test('the demo of the money takes no drop lists', () => {
  expect(readArguments(['--money'])).toEqual({ feeds: [], money: true })
  expect(() => readArguments(['--money', '--feed', 'lists'])).toThrow(UsageError)
  const demo = join(repositoryRoot, 'infra', 'src', 'demo.ts')
  const { status, stderr } = spawnSync(process.execPath, [demo, '--money', 'lists'], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toMatch(/^usage: npm run demo/)
})
