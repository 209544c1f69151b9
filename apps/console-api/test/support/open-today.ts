import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Today } from '@droplock/contracts/console/overview'
import type { Context } from '@droplock/core/context'
import type { z } from 'zod'
import { listeningAt } from '../../../../packages/http/test/support/listening-at.ts'
import { givenStaff, password } from './world.ts'

const mainFile = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

type Today = z.infer<typeof Today>

export type TodayPage = {
  /** The open alarms, as the page is answered. */
  readonly alarms: () => Promise<Today['alarms']>
  readonly end: () => void
}

/** The operators' API as it is run, for a person who looks at Today. */
export async function openToday(
  ctx: Context,
  databaseUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<TodayPage> {
  const env = { DATABASE_URL: databaseUrl, PORT: '0', ...settings }
  const child = spawn(process.execPath, [mainFile], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const { email } = await givenStaff(ctx, 'viewer')
  const url = await listeningAt(child)
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({ email, password }),
  })
  const Cookie = signedIn.headers.get('Set-Cookie')?.split(';', 1)[0] ?? ''
  return {
    alarms: async () => {
      const answer = await fetch(`${url}/api/today`, { headers: { Cookie } })
      return Today.parse(await answer.json()).alarms
    },
    end: () => void child.kill('SIGKILL'),
  }
}
