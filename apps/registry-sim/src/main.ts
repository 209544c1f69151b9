import { createLogger } from '@droplock/observability/logger'
import { runMain } from '@droplock/settings/run-main'
import { type Config, readConfig } from './config.ts'
import { startSimulator } from './start-simulator.ts'

async function main(config: Config): Promise<void> {
  const log = createLogger({
    app: 'registry-sim',
    level: config.logLevel,
    pretty: process.stdout.isTTY === true,
  })
  const simulator = await startSimulator({ ...config, log })
  let stopping = false
  const drain = async (signal: string): Promise<void> => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'registry simulator stopping')
    await simulator.stop()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void drain(signal))
  log.info({ control: simulator.control, ca: `${config.tlsFolder}/ca.pem` }, 'registry simulator ready')
}

await runMain('registry-sim', () => main(readConfig()))
