import { join } from 'node:path'
import { runMain } from '@droplock/settings/run-main'
import { buildConsole } from './console/build-console.ts'
import { findApps } from './launch/apps.ts'
import type { AssignedPort } from './launch/assign-ports.ts'
import { readConfig } from './launch/config.ts'
import { openDatabase } from './launch/database.ts'
import { launch } from './launch/launch.ts'
import { makeOutput } from './launch/output.ts'
import { paymentSandbox, sandboxUrl } from './launch/payment-sandbox.ts'
import { keepEnvironment } from './launch/running.ts'
import { stopSignals } from './launch/stop-signals.ts'
import { repositoryRoot, stateFolder } from './paths.ts'

// `npm start`: the database, then every app, until Ctrl-C.
const output = makeOutput(process.stdout, process.stdout.isTTY === true)

await runMain('droplock', async () => {
  const config = readConfig(process.env)
  if (await buildConsole()) output.say('built the console')
  await launch(
    {
      apps: [
        ...(config.needsSandbox ? [paymentSandbox] : []),
        // Without a demo the registries are real ones, and nothing simulates them.
        ...findApps(join(repositoryRoot, 'apps'), config.isDemo ? [] : ['registry-sim']),
      ],
      stateFolder,
      output,
      openDatabase: async (ports) => keepEnvironment(await openDatabase(config, ports, output)),
      ready: announce,
    },
    stopSignals(output),
  )
})

/** One line for each address a person can open. */
function announce(ports: readonly AssignedPort[]): void {
  output.say('everything is running; Ctrl-C stops it')
  for (const { app, variable, port } of ports)
    if (variable === 'PORT') output.say(`${app}: http://127.0.0.1:${port}`)
  const sandbox = sandboxUrl(ports)
  if (sandbox !== undefined)
    output.say(`sandbox of card payments: ${sandbox}, paid for play money at the \`pay_url\` of a payment`)
}
