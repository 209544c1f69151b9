import { join } from 'node:path'
import { runMain } from '@droplock/settings/run-main'
import { findApps } from './launch/apps.ts'
import type { AssignedPort } from './launch/assign-ports.ts'
import { type LaunchConfig, readConfig } from './launch/config.ts'
import { openDatabase } from './launch/database.ts'
import { type FailingApp, launch } from './launch/launch.ts'
import { keepEnvironment } from './launch/launch-record.ts'
import { makeOutput } from './launch/output.ts'
import { mailOutbox, outboxUrl, paymentSandbox, sandboxUrl } from './launch/sandboxes.ts'
import { stopSignals } from './launch/stop-signals.ts'
import { testWorldApps } from './launch/test-world.ts'
import { buildConsole, buildMarketplace } from './pages/build-pages.ts'
import { repositoryRoot } from './paths.ts'

// `npm start`: the database, then every app, until Ctrl-C.
const output = makeOutput(process.stdout, process.stdout.isTTY === true)
process.stderr.on('error', () => undefined)
const appsFolder = join(repositoryRoot, 'apps')
/** Set by npm and its kin for what they run: the launcher ends with them. By itself it may outlive what started it. */
const isRunByNpm = process.env['npm_lifecycle_event'] !== undefined

await runMain('droplock', async () => {
  const config = readConfig(process.env)
  if (await buildConsole()) output.say('built the console')
  if (await buildMarketplace()) output.say('built the marketplace')
  await launch(
    {
      apps: [
        ...(config.needsSandbox ? [paymentSandbox] : []),
        ...(config.needsOutbox ? [mailOutbox] : []),
        ...(config.test === undefined ? [] : testWorldApps(appsFolder)),
        ...findApps(appsFolder, appsLeftOut(config)),
      ],
      stateFolder: config.stateFolder,
      output,
      openDatabase: async () =>
        keepEnvironment(
          await openDatabase(config, output),
          config.databaseUrl === undefined,
          config.stateFolder,
        ),
      ready: (ports, failing) => announce(config, ports, failing),
    },
    stopSignals(output, isRunByNpm),
  )
  output.say('stopped; nothing is left running')
})

/** Without a demo the registries are real ones, and nothing simulates them; without a login at one there is nothing to catch at. */
function appsLeftOut({ isDemo, hasRegistries }: LaunchConfig): readonly string[] {
  return [...(isDemo ? [] : ['registry-sim']), ...(hasRegistries ? [] : ['catcher'])]
}

/** One line for each address a person can open, and one for each thing that is missing. */
function announce(
  config: LaunchConfig,
  ports: readonly AssignedPort[],
  failing: readonly FailingApp[],
): void {
  const names = failing.map(({ name }) => name).join(', ')
  output.say(`${failing.length === 0 ? 'everything' : `everything but ${names}`} is running; Ctrl-C stops it`)
  for (const { app, variable, port } of ports)
    if (variable === 'PORT') output.say(`${app}: http://127.0.0.1:${port}`)
  const sandbox = sandboxUrl(ports)
  if (sandbox !== undefined)
    output.say(`sandbox of card payments: ${sandbox}, paid for play money at the \`pay_url\` of a payment`)
  const outbox = outboxUrl(ports)
  if (outbox !== undefined) output.say(`mail outbox: ${outbox}`)
  if (config.mode === 'live' && config.test === undefined)
    output.say(
      'no sandbox: OTHER_DATABASE_URL is not set; give an empty database there, and test keys reach a test world in it',
    )
  if (!config.hasRegistries)
    output.say('no registry: DROPLOCK_EPP_CREDENTIALS is not set, so no catcher runs and no name is caught')
  if (!config.hasFeeds)
    output.say(
      'DROPLOCK_FEEDS is not set: lists come from sources that were added by command or in the operators’ API, or are uploaded',
    )
}
