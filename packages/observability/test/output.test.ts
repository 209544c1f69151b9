import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'

/** What a process logs that runs `script` with a logger, and its exit code. */
async function run(script: string) {
  const logger = new URL('../src/logger.ts', import.meta.url).href
  const code = `
    import { createLogger } from '${logger}'
    const logger = createLogger({ app: 'test', level: 'info', pretty: process.stdout.isTTY })
    ${script}`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { child, ended: once(child, 'exit') }
}

const ends = [
  ['its work is done', ``, 0],
  ['it exits', `process.exit(3)`, 3],
  ['an error is uncaught', `throw new Error('uncaught')`, 1],
  ['a rejection is unhandled', `await Promise.reject(new Error('unhandled'))`, 1],
  [
    'it is stopped by a signal',
    `process.on('SIGTERM', () => process.exit(0)); process.kill(process.pid); setInterval(() => 0, 1_000)`,
    0,
  ],
] as const

test.concurrent.each(ends)('the last line is written when %s', async (_, end, expected) => {
  const { child, ended } = await run(`
    for (let index = 0; index < 5_000; index += 1) logger.info({ index, text: 'é' })
    logger.info('the last line')
    ${end}`)
  const lines = (await text(child.stdout)).trimEnd().split('\n')
  expect(await ended).toEqual([expected, null])
  expect(lines).toHaveLength(5_001)
  expect(lines.map((line) => JSON.parse(line).index).slice(0, -1)).toEqual([...Array(5_000).keys()])
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ msg: 'the last line' })
})

test.concurrent('a line is written while the process goes on', async () => {
  const { child, ended } = await run(`logger.info('one line'); setInterval(() => 0, 1_000)`)
  const [first] = await once(child.stdout, 'data')
  expect(String(first)).toContain('one line')
  child.kill('SIGKILL')
  await ended
})

test.concurrent('a process whose log has no reader any more works on, and ends', async () => {
  const { child, ended } = await run(`
    logger.info('read')
    process.once('SIGUSR2', () => {
      for (let index = 0; index < 5_000; index += 1) logger.info({ index })
      process.exitCode = 4
      clearInterval(waiting)
    })
    const waiting = setInterval(() => 0, 1_000)`)
  await once(child.stdout, 'data')
  child.stdout.destroy()
  child.kill('SIGUSR2')
  expect(await ended).toEqual([4, null])
})

test.concurrent('a process does not wait for a reader that takes nothing', async () => {
  const { child, ended } = await run(`
    for (let index = 0; index < 5_000; index += 1) logger.info({ index, text: 'x'.repeat(100) })
    process.stderr.write('went on')`)
  const [wentOn] = await once(child.stderr, 'data')
  expect(String(wentOn)).toBe('went on')
  expect(await text(child.stdout)).toContain('"index":4999')
  await ended
})
