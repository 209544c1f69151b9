import { randomUUID } from 'node:crypto'
import { authCodeSecretOf } from '@droplock/core/auth-codes/derive'
import { keyringOf } from '@droplock/core/keys/keyring'
import { createLogger, type Logger } from '@droplock/observability/logger'
import type { Drive } from '../../src/drive/drive.ts'
import { driveAccount } from '../../src/drive/drive-account.ts'
import { type AccountStatus, createStatus } from '../../src/drive/status.ts'
import { ACCOUNT, AUTH_CODE_SECRET, PASSWORD, type Testbed } from './testbed.ts'

/** Short times, so that a test does not wait for a lease of ten seconds. */
const RULES: Drive['rules'] = {
  lease: { leaseMs: 1_500, renewEveryMs: 300, marginMs: 300 },
  refresh: { everyMs: 50, fireLeadMs: 1_000 },
  requests: { everyMs: 50 },
  messages: { everyMs: 60_000 },
  plan: { prepareLeadMs: 10_000, aimLeadMs: 20, createsPerInfo: 3 },
  surveyShare: 0.5,
  readyLeadMs: 5 * 86_400_000,
  clockEveryMs: 60_000,
  drainMsMax: 3_000,
  unconnectedMsMax: 60_000,
}

const silent = createLogger({ app: 'catcher', level: 'silent', pretty: false })

/** Starts a catcher in this process. `rules`: those that differ. The returned function ends it. */
export function startCatcher(
  testbed: Testbed,
  log: Logger = silent,
  status: AccountStatus = createStatus(),
  rules: Partial<Drive['rules']> = {},
): () => Promise<void> {
  const stop = new AbortController()
  const owner = randomUUID()
  let commands = 0
  const driving = driveAccount(
    {
      ctx: testbed.catcher,
      log,
      owner,
      accountId: ACCOUNT,
      credentials: { password: PASSWORD, ca: testbed.registry.ca, certificates: {} },
      journalFolder: testbed.folder,
      rules: { ...RULES, ...rules },
      monotonicMs: () => performance.now(),
      wallMs: () => performance.timeOrigin + performance.now(),
      unixMs: () => Date.now(),
      random: Math.random,
      status,
      newClTRID: () => `DL-${owner}-${commands++}`,
      newAuthInfo: () => 'a-Test-Secret-1',
      authCodes: keyringOf([AUTH_CODE_SECRET], authCodeSecretOf),
    },
    stop.signal,
  )
  return async () => {
    stop.abort()
    await driving
  }
}
