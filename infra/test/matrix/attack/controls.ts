import { fileURLToPath } from 'node:url'
import type { TrustControl } from '@droplock/core/testing/trust-result'
import { endlessBodies } from './bodies.ts'
import { connectionsOfOneSource } from './floods.ts'
import { slowHeaders } from './slow.ts'
import type { Stage } from './stage.ts'
import { type Attack, underAttack } from './target.ts'

type Control = {
  readonly name: string
  readonly app: 'gateway' | 'console-api'
  /** The settings of a process that has the limit, and what takes it away. */
  readonly with: Readonly<Record<string, string>>
  readonly without: Readonly<Record<string, string>>
  readonly attack: Attack
}

const removal = fileURLToPath(new URL('remove-header-timeout.mjs', import.meta.url))

/** Limits that are taken away, each in a process of its own: the attack that they are against must be seen to harm it. */
async function controlsOf({ sessionOf }: Stage): Promise<readonly Control[]> {
  const { cookie, csrfToken } = await sessionOf('operator')
  const upload = '/api/sync-runs?registry_id=test-registry&file_name=1_domain-drop-list.csv'
  return [
    {
      name: 'without a limit for one source, a source takes all connections',
      app: 'gateway',
      with: { CONNECTIONS_MAX: '200', CONNECTIONS_PER_SOURCE_MAX: '100' },
      without: { CONNECTIONS_PER_SOURCE_MAX: '100000' },
      attack: connectionsOfOneSource(400, 100),
    },
    {
      name: 'without a limit for the body of an upload, 10 GB are taken',
      app: 'console-api',
      with: { UPLOAD_BYTES_MAX: '1000' },
      without: { UPLOAD_BYTES_MAX: '4294967296' },
      attack: endlessBodies(
        upload,
        { cookie, 'x-csrf-token': csrfToken },
        {
          type: 'application/octet-stream',
          // So that the one whose length nobody knows is read fast.
          lines: 2,
        },
      ),
    },
    {
      name: 'without a time for headers, connections are kept for ever',
      app: 'gateway',
      with: {},
      without: { NODE_OPTIONS: `--import=${removal}` },
      attack: slowHeaders('/healthz'),
    },
  ]
}

/** Tries each: with the limit nothing is wrong, without it something is. */
export async function tryControls(stage: Stage): Promise<readonly TrustControl[]> {
  const controls: TrustControl[] = []
  for (const { name, app, attack, ...settings } of await controlsOf(stage)) {
    const kept = await underAttack(await stage.startAnother(app, settings.with), attack)
    const missed = await underAttack(
      await stage.startAnother(app, { ...settings.with, ...settings.without }),
      attack,
    )
    for (const what of kept.violations) console.log(`control, with the limit: ${name}: ${what}`)
    for (const what of missed.violations.slice(0, 3)) console.log(`control, without it: ${name}: ${what}`)
    controls.push({ name, caught: kept.violations.length === 0 && missed.violations.length > 0 })
  }
  return controls
}
