import { readFile } from 'node:fs/promises'
import { createLogger } from '@droplock/observability/logger'
import { runMain } from '@droplock/settings/run-main'
import { z } from 'zod'
import { type Log, systemClock } from '../clock.ts'
import { readRivalConfig } from '../config.ts'
import { startRival } from './start-rivals.ts'

/** One or several rivals as a process, against running simulators. */

const hosted = z.object({
  registries: z.array(
    z.object({
      id: z.string(),
      host: z.string(),
      port: z.number(),
      accounts: z.array(
        z.object({
          clid: z.string(),
          limits: z.object({ sessionsMax: z.number(), commandsPerSecondMax: z.number() }),
        }),
      ),
    }),
  ),
})

type Settings = ReturnType<typeof readRivalConfig>

async function startOne(settings: Settings['rivals'][number], log: Log) {
  const { control, registryId, caFile, port, names, ...rival } = settings
  const { registries } = hosted.parse(await (await fetch(`${control}/registries`)).json())
  const registry = registries.find(({ id }) => id === registryId)
  const account = registry?.accounts.find(({ clid }) => clid === rival.clid)
  if (!registry || !account) throw new Error(`no registry ${registryId} with an account ${rival.clid}`)
  return startRival({
    ...rival,
    ...account.limits,
    host: registry.host,
    port: port ?? registry.port,
    ca: await readFile(caFile, 'utf8'),
    names: names && new Set(names),
    registryUrl: `${control}/registries/${registryId}`,
    nowMs: systemClock.nowMs,
    log,
  })
}

async function startAll({ rivals, logLevel }: Settings) {
  const log = createLogger({ app: 'registry-sim', level: logLevel, pretty: process.stdout.isTTY === true })
  return Promise.all(rivals.map((rival) => startOne(rival, log)))
}

await runMain('rival', async () => {
  const running = await startAll(readRivalConfig())
  const stop = () => Promise.all(running.map((rival) => rival.stop()))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => void stop().then(() => process.exit(0)))
  }
})
