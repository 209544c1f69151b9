import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { identityOf } from '../../src/processes/identity.ts'
import { freePort } from '../../src/processes/port.ts'
import { Launchpad, type Manner } from './fake-apps.ts'

let pad: Launchpad
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  await pad.remove()
  for (const cleanup of cleanups.splice(0)) cleanup()
})

function launchpad(apps: Readonly<Record<string, Manner>>): void {
  pad = new Launchpad(apps)
}

const gone = (pid: number) => expect.poll(() => identityOf(pid), { timeout: 40_000 }).toBeUndefined()

test('a stop signal drains the apps, then the simulated registry, then the database, and ends with 0', async () => {
  launchpad({ gateway: 'serves', worker: 'serves', 'registry-sim': 'serves' })
  const launcher = pad.start()
  await pad.sees(/^ready/)
  // It has no port by which the launcher could tell that it is up.
  await pad.pidOf('worker')
  launcher.kill('SIGTERM')
  expect(await once(launcher, 'exit')).toEqual([0, null])
  const order = pad.events().filter((event) => /drained|stopped/.test(event))
  expect(order.slice(0, 2).toSorted()).toEqual(['gateway drained', 'worker drained'])
  expect(order.slice(2)).toEqual(['registry-sim drained', 'database stopped'])
})

test('the simulated registry is up before the other apps start', async () => {
  launchpad({ gateway: 'serves', 'registry-sim': 'serves' })
  pad.start()
  await pad.sees(/^ready/)
  const order = pad
    .events()
    .filter((event) => event.includes(' up '))
    .map((event) => event.split(' ')[0])
  expect(order).toEqual(['registry-sim', 'gateway'])
})

test('the apps of a launcher killed with -9 end by themselves, and it starts again', async () => {
  launchpad({ gateway: 'serves' })
  const killed = pad.start()
  await pad.sees(/^ready/)
  const orphan = await pad.pidOf('gateway')
  killed.kill('SIGKILL')
  await gone(orphan)
  pad.start()
  await pad.sees(/^ready/, 2)
  expect(await pad.pidOf('gateway', 2)).not.toBe(orphan)
})

test('an orphan that does not drain is killed by the next start', async () => {
  launchpad({ gateway: 'ignores SIGTERM' })
  const killed = pad.start()
  await pad.sees(/^ready/)
  const orphan = await pad.pidOf('gateway')
  killed.kill('SIGKILL')
  pad.start()
  await pad.sees(/^ready/, 2)
  expect(identityOf(orphan)).toBeUndefined()
})

test('a second launcher on the same checkout is refused and disturbs nothing', async () => {
  launchpad({ gateway: 'serves' })
  pad.start()
  await pad.sees(/^ready/)
  const second = pad.start()
  expect(await once(second, 'exit')).toEqual([1, null])
  await pad.sees(/^launcher: another launcher \(process \d+\)/)
  expect(pad.events().filter((event) => event.endsWith('drained'))).toEqual([])
})

test('a busy port moves up', async () => {
  const port = await freePort(8080)
  const squatter = createServer().listen(port, '127.0.0.1')
  await once(squatter, 'listening')
  cleanups.push(() => squatter.close())
  launchpad({ gateway: 'serves' })
  pad.start()
  const [, used] = await pad.sees(/^ready gateway:(\d+)/)
  expect(Number(used)).toBeGreaterThan(port)
})

test('an app that dies is started again', async () => {
  launchpad({ gateway: 'dies once' })
  pad.start()
  await pad.sees(/^ready/)
  expect(pad.events().filter((event) => event.startsWith('gateway up'))).toHaveLength(2)
})

test('an app that keeps dying is given up, everything else is stopped, and the launcher ends with 1', async () => {
  launchpad({ worker: 'dies at once', 'registry-sim': 'serves' })
  const launcher = pad.start()
  expect(await once(launcher, 'exit')).toEqual([1, null])
  expect(pad.events().slice(-3)).toEqual([
    'registry-sim drained',
    'database stopped',
    expect.stringMatching(/^launcher: worker failed 6 times in a row, last with exit code 3/),
  ])
})

test('an app that does not drain is killed when its time is over', async () => {
  launchpad({ gateway: 'ignores SIGTERM' })
  const launcher = pad.start()
  await pad.sees(/^ready/)
  const stuck = await pad.pidOf('gateway')
  launcher.kill('SIGTERM')
  expect(await once(launcher, 'exit')).toEqual([0, null])
  expect(identityOf(stuck)).toBeUndefined()
})

test('a second stop signal, but not the echo of the first, kills what has not drained', async () => {
  launchpad({ gateway: 'ignores SIGTERM' })
  const launcher = pad.start(600_000)
  await pad.sees(/^ready/)
  const stuck = await pad.pidOf('gateway')
  launcher.kill('SIGINT')
  launcher.kill('SIGTERM')
  await pad.sees(/^gateway drained/)
  expect(identityOf(stuck)).toBeDefined()
  const hurried = () => launcher.kill('SIGINT') && launcher.exitCode
  await expect.poll(hurried, { timeout: 40_000 }).toBe(false)
  expect(identityOf(stuck)).toBeUndefined()
})
