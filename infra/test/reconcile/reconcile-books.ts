import { repositoryRoot } from '../../src/paths.ts'
import { type Ended, runProgram } from '../../src/processes/run-program.ts'

type Sandbox = { readonly url: string; readonly apiKey: string; readonly webhookSecret: string }

/** Runs `npm run reconcile` on a database and its sandbox provider, where nothing is too young to be compared. */
export function reconcileBooks(
  databaseUrl: string,
  { url, apiKey, webhookSecret }: Sandbox,
  overrides: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const env = {
    DATABASE_URL: databaseUrl,
    DROPLOCK_DEMO: '1',
    DROPLOCK_SANDBOX_URL: url,
    DROPLOCK_SANDBOX_API_KEY: apiKey,
    DROPLOCK_SANDBOX_WEBHOOK_SECRET: webhookSecret,
    DROPLOCK_RECONCILE_CLOSED_AFTER_MS: '0',
    DROPLOCK_RECONCILE_SETTLING_MS: '0',
    ...overrides,
  }
  const command = [process.execPath, 'infra/src/reconcile.ts'] as const
  return runProgram(command, { cwd: repositoryRoot, env, output: 'kept' })
}
