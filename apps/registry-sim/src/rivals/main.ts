import { readFile } from 'node:fs/promises'
import { createLogger } from '@droplock/observability/logger'
import { runMain } from '@droplock/settings/run-main'
import { z } from 'zod'
import { systemClock } from '../clock.ts'
import { readRivalConfig } from '../config.ts'
import { startRival } from './start-rivals.ts'

/** A rival as a process, against a running simulator. */

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

async function start() {
  const { control, registryId, caFile, logLevel, ...rival } = readRivalConfig()
  const log = createLogger({ app: 'registry-sim', level: logLevel, pretty: process.stdout.isTTY === true })
  const { registries } = hosted.parse(await (await fetch(`${control}/registries`)).json())
  const registry = registries.find(({ id }) => id === registryId)
  const account = registry?.accounts.find(({ clid }) => clid === rival.clid)
  if (!registry || !account) throw new Error(`no registry ${registryId} with an account ${rival.clid}`)
  const dropListUrl = `${control}/registries/${registryId}/drop-list.csv`
  const { host, port } = registry
  const ca = await readFile(caFile, 'utf8')
  return startRival({
    ...rival,
    ...account.limits,
    host,
    port,
    ca,
    dropListUrl,
    nowMs: systemClock.nowMs,
    log,
  })
}

await runMain('rival', async () => {
  const running = await start()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => void running.stop().then(() => process.exit(0)))
  }
})
