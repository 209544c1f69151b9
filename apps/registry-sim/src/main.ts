import { createLogger } from '@droplock/observability/logger'
import { type Config, readConfig } from './config.ts'
import { type Simulator, startSimulator } from './start-simulator.ts'

function configure(): Config {
  try {
    return readConfig()
  } catch (error) {
    process.stderr.write(`registry-sim: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

const config = configure()
const log = createLogger({
  app: 'registry-sim',
  level: config.logLevel,
  pretty: process.stdout.isTTY === true,
})

async function start(): Promise<Simulator> {
  try {
    return await startSimulator({ ...config, log })
  } catch (error) {
    process.stderr.write(`registry-sim: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

const simulator = await start()
log.info({ control: simulator.control, ca: `${config.tlsFolder}/ca.pem` }, 'registry simulator ready')

let stopping = false
async function drain(signal: string): Promise<void> {
  if (stopping) return
  stopping = true
  log.info({ signal }, 'registry simulator stopping')
  await simulator.stop()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void drain(signal))
