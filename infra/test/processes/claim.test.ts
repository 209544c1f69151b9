import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const rivals = 8
const rounds = 40

/** Claims each of the places in turn, at an instant that all rivals share, and says of each whether it has it. */
const rival = `
import { claim } from ${JSON.stringify(join(import.meta.dirname, '../../src/processes/claim.ts'))}
const [folder, rounds] = process.argv.slice(2)
process.on('message', (startAt) => {
  const mine = []
  for (let round = 0; round < Number(rounds); round += 1) {
    while (Date.now() < startAt + round * 5);
    try { claim(folder + '/' + round); mine.push(round) } catch (error) { if (!/another launcher/.test(error.message)) throw error }
  }
  process.send(mine)
})
process.send('ready')
`

test('of processes that claim the trace of a kill at once, one has it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-claim-'))
  const script = join(folder, 'rival.ts')
  writeFileSync(script, rival)
  // No process has this number: its claims are what a kill left behind.
  for (let round = 0; round < rounds; round += 1)
    writeFileSync(join(folder, `${round}.owner.3`), '4194999 0\n')
  const children: ChildProcess[] = Array.from({ length: rivals }, () =>
    spawn(process.execPath, [script, folder, String(rounds)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  )
  onTestFinished(() => {
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })
  await Promise.all(children.map((child) => once(child, 'message')))
  const startAt = Date.now() + 50
  const claimed = await Promise.all(
    children.map(async (child) => {
      child.send(startAt)
      const [mine]: number[][] = await once(child, 'message')
      return mine ?? []
    }),
  )
  expect(claimed.flat().toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: rounds }, (_, round) => round),
  )
})
