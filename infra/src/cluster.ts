import { startClusterEnvironment } from './cluster/environment.ts'
import { type ClusterFault, clusterFaults } from './cluster/faults.ts'
import { at } from './cluster/patroni.ts'
import type { Output } from './launch/output.ts'
import { aborted } from './launch/run-app.ts'
import { runCommand } from './launch/run-command.ts'
import { readArguments } from './loadtest/arguments.ts'
import { runLoadtest } from './loadtest/run-loadtest.ts'
import { buildConsole } from './pages/build-pages.ts'
import { readOptions, readWhole, UsageError } from './processes/arguments.ts'

// `npm run cluster`: everything twice, on a database under Patroni, until Ctrl-C. With `--rounds N`: so many drops, each on a cluster of its own
// with a fault of the database in its middle.

const usage = `usage: npm run cluster [-- options]
  without options       starts it and keeps it running, to be looked at and broken
  --rounds N            runs the load test drop-burst so often, each with a fault in its middle
  --fault NAME          of the rounds: ${clusterFaults.join(', ')}; all in turn if left out
  --names N             names of a round
  --rate N              names that drop in a second`

const options = {
  rounds: { type: 'string' },
  fault: { type: 'string' },
  names: { type: 'string' },
  rate: { type: 'string' },
} as const

const ROUNDS_MAX = 100
/** A round: a cluster starts, so many names drop, and everything is proven. */
const ROUND_MS_MAX = 600_000

const registry = {
  id: 'exact',
  zones: ['com', 'net'],
  sessionsMax: 4,
  commandsPerSecondMax: 40,
  autoNames: {},
  timing: {
    cutoffLeadSeconds: 30,
    dropLastsSeconds: 10,
    earlySeconds: 0,
    lateSeconds: 60,
    graceSeconds: 30,
  },
} as const

await runCommand(process.stderr, async (output, stop) => {
  const { values, positionals } = readOptions(usage, process.argv.slice(2), options)
  if (positionals.length > 0) throw new UsageError(usage)
  if (values.rounds === undefined) return keepRunning(output, stop)
  const rounds = readWhole(usage, values.rounds, { otherwise: 1, min: 1, max: ROUNDS_MAX })
  const faults = values.fault === undefined ? clusterFaults : [faultOf(values.fault)]
  return runRounds(rounds, faults, values, output, stop)
})

function faultOf(text: string): ClusterFault {
  const fault = clusterFaults.find((one) => one === text)
  if (fault === undefined) throw new UsageError(`'${text}' is no fault\n${usage}`)
  return fault
}

async function keepRunning(output: Output, stop: AbortSignal): Promise<number> {
  await buildConsole()
  const plan = {
    name: 'cluster',
    firstPort: 19_900,
    durable: true,
    registries: [registry],
    apps: {
      'registry-sim': {},
      payments: {},
      gateway: {},
      'console-api': {},
      worker: { DROPLOCK_FEED_POLL_MS: '10000' },
      catcher: {},
    },
  }
  await using environment = await startClusterEnvironment(plan, output, stop)
  const { cluster, resellers, staff, urlOf } = environment
  const { say } = output
  say('everything is running; Ctrl-C stops it')
  say(
    `reseller API, through the balancer: ${urlOf('gateway')}; key of ${resellers[0]?.name}: ${resellers[0]?.apiKey}`,
  )
  const operator = staff.find(({ roles }) => roles.includes('operator'))
  say(`console: ${urlOf('console-api')}; ${operator?.email}, password ${operator?.password}`)
  for (const { name, port, restPort, patroni } of cluster.nodes)
    say(
      `${name}: PostgreSQL at ${at(port)}, Patroni at http://${at(restPort)}/cluster, process ${patroni.pid()}`,
    )
  say(
    `settings and logs: ${cluster.folder}; timeout 10 patronictl -c ${cluster.folder}/${cluster.nodes[0]?.name}.json list`,
  )
  await Promise.race([aborted(stop), environment.failed])
  return 0
}

/** Resolves with 0 where every round held. */
async function runRounds(
  rounds: number,
  faults: readonly ClusterFault[],
  { names, rate }: { readonly names?: string | undefined; readonly rate?: string | undefined },
  output: Output,
  stop: AbortSignal,
): Promise<number> {
  let broken = 0
  for (let round = 0; round < rounds; round += 1) {
    const fault = faults[round % faults.length] ?? 'kill-machine'
    output.say(`round ${round + 1} of ${rounds}: ${fault}`)
    const asked = ['drop-burst', '--cluster', fault, '--accept-busy']
    if (names !== undefined) asked.push('--names', names)
    if (rate !== undefined) asked.push('--rate', rate)
    const signal = AbortSignal.any([stop, AbortSignal.timeout(ROUND_MS_MAX)])
    const code = await runLoadtest(readArguments(asked), output, signal)
    if (code !== 0) broken += 1
  }
  output.say(`${rounds - broken} of ${rounds} rounds held`)
  return broken === 0 ? 0 : 1
}
