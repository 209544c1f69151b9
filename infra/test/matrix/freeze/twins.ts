import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mainOf } from '../../../src/environment/apps.ts'
import type { World } from '../service/world.ts'

/** A second process of an app, which takes over when the first one is stopped. It ends with `cleanup`. */
export async function startTwin(
  { environment }: World,
  app: 'worker' | 'catcher',
  settings: Readonly<Record<string, string>>,
  cleanup: AsyncDisposableStack,
): Promise<ChildProcess> {
  const env = {
    ...environmentOf(environment.pidOf(app)),
    DROPLOCK_JOURNAL_FOLDER: join(environment.folder, 'journal-of-the-twin'),
    ...settings,
  }
  const child = spawn(process.execPath, [mainOf(app)], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  await once(child, 'spawn')
  cleanup.defer(async () => {
    const exited = once(child, 'exit')
    if (child.kill('SIGKILL')) await exited
  })
  return child
}

/** The settings of a running process (proc(5)). */
function environmentOf(pid: number): Readonly<Record<string, string>> {
  const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const at = entry.indexOf('=')
      return at < 1 ? [] : [[entry.slice(0, at), entry.slice(at + 1)]]
    }),
  )
}
