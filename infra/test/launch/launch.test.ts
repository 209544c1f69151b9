import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, type TestContext, test } from 'vitest'
import { identityOf } from '../../src/processes/identity.ts'
import { holdPorts } from '../../src/processes/port.ts'
import { holdsWithin } from '../../src/processes/wait-until.ts'
import { Launchpad, type Manner } from './fake-apps.ts'

// The tests mostly wait for processes, so several run at once.

type Finished = TestContext['onTestFinished']

function launchpad(onTestFinished: Finished, apps: Readonly<Record<string, Manner>>): Launchpad {
  const pad = new Launchpad(apps)
  onTestFinished(() => pad.remove())
  return pad
}

const within = { everyMs: 50, msMax: 40_000 }

async function gone(pid: number): Promise<void> {
  expect(await holdsWithin(within, () => identityOf(pid) === undefined)).toBe(true)
}

test.concurrent('a stop signal drains the apps, then the simulated registry, then the database, and ends with 0', async ({
  onTestFinished,
}) => {
  const pad = launchpad(onTestFinished, { gateway: 'serves', worker: 'serves', 'registry-sim': 'serves' })
  const launcher = pad.start()
  await pad.sees(/^ready/)
  // It has no port by which the launcher could know that it is up.
  await pad.pidOf('worker')
  launcher.kill('SIGTERM')
  expect(await once(launcher, 'exit')).toEqual([0, null])
  const order = pad.events().filter((event) => /drained|stopped/.test(event))
  expect(order.slice(0, 2).toSorted()).toEqual(['gateway drained', 'worker drained'])
  expect(order.slice(2)).toEqual(['registry-sim drained', 'database stopped'])
})

test.concurrent('the simulated registry is up before the other apps start', async ({ onTestFinished }) => {
  const pad = launchpad(onTestFinished, { gateway: 'serves', 'registry-sim': 'serves' })
  pad.start()
  await pad.sees(/^ready/)
  const order = pad
    .events()
    .filter((event) => event.includes(' up '))
    .map((event) => event.split(' ')[0])
  expect(order).toEqual(['registry-sim', 'gateway'])
})

test.concurrent('the apps of a launcher killed with -9 end by themselves, and it starts again', async ({
  onTestFinished,
}) => {
  const pad = launchpad(onTestFinished, { gateway: 'serves' })
  const killed = pad.start()
  await pad.sees(/^ready/)
  const orphan = await pad.pidOf('gateway')
  killed.kill('SIGKILL')
  await gone(orphan)
  pad.start()
  await pad.sees(/^ready/, 2)
  expect(await pad.pidOf('gateway', 2)).not.toBe(orphan)
})

test.concurrent('an orphan that does not drain is killed by the next start', async ({ onTestFinished }) => {
  const pad = launchpad(onTestFinished, { gateway: 'ignores SIGTERM' })
  const killed = pad.start()
  await pad.sees(/^ready/)
  const orphan = await pad.pidOf('gateway')
  killed.kill('SIGKILL')
  pad.start()
  await pad.sees(/^ready/, 2)
  expect(identityOf(orphan)).toBeUndefined()
})

test.concurrent('a second launcher on the same checkout is refused and disturbs nothing', async ({
  onTestFinished,
}) => {
  const pad = launchpad(onTestFinished, { gateway: 'serves' })
  pad.start()
  await pad.sees(/^ready/)
  const second = pad.start()
  expect(await once(second, 'exit')).toEqual([1, null])
  await pad.sees(/^launcher: another launcher \(process \d+\)/)
  expect(pad.events().filter((event) => event.endsWith('drained'))).toEqual([])
})

test.concurrent('a busy port moves up', async ({ onTestFinished }) => {
  const pad = launchpad(onTestFinished, { gateway: 'serves' })
  const { port, release } = await holdPorts(8_080 + pad.portOffset)
  onTestFinished(release)
  pad.start()
  const [, used] = await pad.sees(/^ready gateway:(\d+)/)
  expect(Number(used)).toBeGreaterThan(port)
})

test.concurrent('an app that dies is started again', async ({ onTestFinished }) => {
  const pad = launchpad(onTestFinished, { gateway: 'dies once' })
  pad.start()
  await pad.sees(/^ready/)
  expect(pad.events().filter((event) => event.startsWith('gateway up'))).toHaveLength(2)
})

test.concurrent('an app that fails again and again takes no other down: it is started again with growing pauses, and that is said', async ({
  onTestFinished,
}) => {
  const pad = launchpad(onTestFinished, {
    worker: 'dies at once',
    gateway: 'serves',
    'registry-sim': 'serves',
  })
  const launcher = pad.start()
  await pad.sees(/^ready/)
  const others = await Promise.all(['gateway', 'registry-sim'].map((name) => pad.pidOf(name)))
  await pad.sees(/^said: worker ended with exit code 3 \(5 failures in a row\); starting it again in 3.2 s/)
  const pauses = pad.events().flatMap((event) => /again in ([\d.]+) s$/.exec(event)?.[1] ?? [])
  expect(pauses).toEqual(['0.2', '0.4', '0.8', '1.6', '3.2'])
  expect(others.map((pid) => identityOf(pid)?.pid)).toEqual(others)
  launcher.kill('SIGTERM')
  expect(await once(launcher, 'exit')).toEqual([0, null])
})

test.concurrent('an app that never comes up is named, and the others are there', async ({
  onTestFinished,
}) => {
  const pad = launchpad(onTestFinished, { gateway: 'dies at once', 'console-api': 'serves' })
  pad.start()
  await pad.sees(/^ready (gateway:\d+ ){2}(console-api:\d+ ){2}without gateway$/)
})

test.concurrent.for(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)(
  'npm start that gets %s stops everything: nothing is left running',
  async (signal, { onTestFinished }) => {
    const pad = launchpad(onTestFinished, { gateway: 'serves', worker: 'serves' })
    const npm = pad.startByNpm()
    await pad.sees(/^ready/)
    const [, launcher] = await pad.sees(/^launcher runs as (\d+)/)
    const pids = [Number(launcher), await pad.pidOf('gateway'), await pad.pidOf('worker')]
    npm.kill(signal)
    for (const pid of pids) await gone(pid)
    expect(pad.events().slice(-2)).toEqual(['database stopped', 'launcher ended'])
  },
)

test.concurrent.for(['SIGTERM', 'SIGHUP'] as const)(
  'so does one whose process group gets %s',
  async (signal, { onTestFinished }) => {
    const pad = launchpad(onTestFinished, { gateway: 'serves' })
    const npm = pad.startByNpm()
    await pad.sees(/^ready/)
    const pids = [Number((await pad.sees(/^launcher runs as (\d+)/))[1]), await pad.pidOf('gateway')]
    process.kill(-(npm.pid ?? 0), signal)
    for (const pid of pids) await gone(pid)
    expect(pad.events().slice(-2)).toEqual(['database stopped', 'launcher ended'])
  },
)

test.concurrent('npm ends when everything has ended, not before', async ({ onTestFinished }) => {
  const pad = launchpad(onTestFinished, { gateway: 'serves' })
  const npm = pad.startByNpm()
  await pad.sees(/^ready/)
  npm.kill('SIGTERM')
  await once(npm, 'exit')
  expect(pad.events().at(-1)).toBe('launcher ended')
})

test.concurrent('an app that is stopped, and hears no SIGTERM, is ended and started again', async ({
  onTestFinished,
}) => {
  const pad = launchpad(onTestFinished, { gateway: 'serves', worker: 'serves' })
  pad.start()
  await pad.sees(/^ready/)
  const frozen = await pad.pidOf('gateway')
  process.kill(frozen, 'SIGSTOP')
  await pad.sees(/^said: gateway ended with SIGKILL, because it did not answer for \d+ s; starting it again/)
  expect(await pad.pidOf('gateway', 2)).not.toBe(frozen)
  expect(identityOf(frozen)).toBeUndefined()
  expect(pad.events().filter((event) => event.startsWith('worker up'))).toHaveLength(1)
})

test.concurrent('an app whose loop is blocked is ended and started again', async ({ onTestFinished }) => {
  const pad = launchpad(onTestFinished, { gateway: 'blocks once' })
  pad.start()
  await pad.sees(/^said: gateway ended with SIG(KILL|TERM), because it did not answer/)
  await pad.pidOf('gateway', 2)
})

test.concurrent('two launchers at once share no port, and each has its own apps', async ({
  onTestFinished,
}) => {
  const pad = launchpad(onTestFinished, {
    gateway: 'serves',
    'console-api': 'serves',
    'registry-sim': 'serves',
  })
  pad.start({ state: 'one' })
  pad.start({ state: 'two' })
  await pad.sees(/^ready/, 2)
  const ports = pad
    .events()
    .flatMap((event) => (event.startsWith('ready') ? (event.match(/\d+/g) ?? []) : []))
  // The gateway and the console API have one for metrics beside their own.
  expect(ports).toHaveLength(12)
  expect(new Set(ports).size).toBe(12)
  const pids = pad.events().flatMap((event) => / up (\d+)/.exec(event)?.[1] ?? [])
  expect(pids.filter((pid) => identityOf(Number(pid)) !== undefined)).toHaveLength(6)
})

test('a port that another program takes from an app as it starts is no port of ours: all begin again on others', async ({
  onTestFinished,
}) => {
  const pad = launchpad(onTestFinished, {
    'registry-sim': 'serves',
    gateway: 'waits for another program once',
  })
  pad.start()
  const [, wanted] = await pad.sees(/^gateway up \d+ on (\d+)/)
  const intruder = createServer().listen(Number(wanted), '127.0.0.1')
  onTestFinished(() => void intruder.close())
  await pad.sees(new RegExp(`^said: another program took port ${wanted} from gateway`))
  const [, used] = await pad.sees(/^ready .*gateway:(\d+)$/)
  expect(used).not.toBe(wanted)
  expect(await pad.pidOf('registry-sim', 2)).toBeGreaterThan(0)
})

test.concurrent('an app that does not drain is killed when its time is over', async ({ onTestFinished }) => {
  const pad = launchpad(onTestFinished, { gateway: 'ignores SIGTERM' })
  const launcher = pad.start()
  await pad.sees(/^ready/)
  const stuck = await pad.pidOf('gateway')
  launcher.kill('SIGTERM')
  expect(await once(launcher, 'exit')).toEqual([0, null])
  expect(identityOf(stuck)).toBeUndefined()
})

test.concurrent('a second stop signal, but not the echo of the first, kills what has not drained', async ({
  onTestFinished,
}) => {
  const pad = launchpad(onTestFinished, { gateway: 'ignores SIGTERM' })
  const launcher = pad.start({ drainMsMax: 600_000 })
  await pad.sees(/^ready/)
  const stuck = await pad.pidOf('gateway')
  launcher.kill('SIGINT')
  launcher.kill('SIGTERM')
  await pad.sees(/^gateway drained/)
  expect(identityOf(stuck)).toBeDefined()
  const hurried = () => launcher.kill('SIGINT') && launcher.exitCode
  expect(await holdsWithin(within, () => hurried() === false)).toBe(true)
  expect(identityOf(stuck)).toBeUndefined()
})
