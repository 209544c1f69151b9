import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ACCOUNT, type Arena, openArena } from './support/arena.ts'
import { waitUntil } from './support/wait-until.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** RFC 5730 takes 16 characters at most; more go by loginSec (RFC 8807). */
const PASSWORD = 'a password of 39 characters, with & < >'

function startCatcher({ clone, folder, registry }: Arena) {
  const caFile = join(folder, 'ca.pem')
  writeFileSync(caFile, registry.ca)
  return spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      DATABASE_URL: clone.url,
      DROPLOCK_EPP_CREDENTIALS: JSON.stringify({ [ACCOUNT]: { password: PASSWORD, caFile } }),
      DROPLOCK_JOURNAL_FOLDER: join(folder, 'journal'),
      DROPLOCK_LOG_LEVEL: 'error',
      DROPLOCK_FIRE_LEAD_MS: '500',
    },
  })
}

test('a catcher whose password is longer than 16 characters logs in by loginSec, and catches', async () => {
  const accounts = [{ clid: 'droplock', password: PASSWORD }]
  const arena = await openArena({ accounts, extensions: ['rgp', 'loginSec'], rivals: [], ownShare: 0 })
  const catcher = startCatcher(arena)
  const ended = once(catcher, 'exit')
  try {
    await arena.order([{ name: 'long.test', kind: 'normal', rivals: [] }], 1_500)
    await waitUntil('the name is ours, or the catcher gave up', () => {
      const [truth] = arena.simulator.truth('sim')
      return Promise.resolve(truth?.winner?.clID === 'droplock' || catcher.exitCode !== null)
    })
    expect(catcher.exitCode).toBeNull()
  } finally {
    catcher.kill('SIGTERM')
    await ended
    await arena.end()
  }
})
