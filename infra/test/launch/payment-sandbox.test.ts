import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandboxControl } from '@droplock/payments/sandbox/sandbox-control'
import { createSandboxProvider } from '@droplock/payments/sandbox/sandbox-provider'
import { money } from '@droplock/rules/money'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { assignPorts } from '../../src/launch/assign-ports.ts'
import { paymentSandbox, sandboxEnvironment, sandboxUrl } from '../../src/launch/sandboxes.ts'
import { portAnswers } from '../../src/processes/port.ts'

// Its ports are freed before it listens on them. In a range of its own no other test takes them in between.
const sandboxApp = {
  ...paymentSandbox,
  ports: [{ variable: 'DROPLOCK_SANDBOX_PORT', first: 17_180, isHealth: true }],
}
const gateway = { name: 'gateway', main: '', stage: 1, env: {}, ports: [{ variable: 'PORT', first: 17_280 }] }
let folder: string
let child: ChildProcess | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'droplock-books-'))
})
afterEach(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

async function stop(): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
}

async function start(env: Readonly<Record<string, string>>, port: number): Promise<void> {
  const variables = { ...env, DROPLOCK_SANDBOX_PORT: String(port) }
  child = spawn(process.execPath, [paymentSandbox.main], { env: variables, stdio: 'inherit' })
  await portAnswers(port, AbortSignal.timeout(20_000))
}

test('it is one of the lowest stage, and its port moves up when busy', async () => {
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const { port } = squatter.address() as AddressInfo
  const app = { ...paymentSandbox, ports: [{ variable: 'DROPLOCK_SANDBOX_PORT', first: port }] }
  await using assigned = await assignPorts([app])
  expect(assigned.ports[0]?.port).toBeGreaterThan(port)
  expect(paymentSandbox.stage).toBe(0)
  squatter.close()
})

test('without a gateway there are no settings for it', () => {
  expect(sandboxEnvironment([], 'test', folder)).toEqual({})
})

test('it sends its events to the path of its mode at the gateway, and a restart finds its books again', async () => {
  await using assigned = await assignPorts([sandboxApp, gateway])
  const { ports } = assigned
  for (const { app } of ports) await assigned.release(app)
  const [sandbox, notified] = ports
  if (sandbox === undefined || notified === undefined) throw new Error('no ports')
  const paths: (string | undefined)[] = []
  const receiver = createServer((request, response) => {
    paths.push(request.url)
    response.end()
  }).listen(notified.port, '127.0.0.1')
  await once(receiver, 'listening')
  const env = sandboxEnvironment(ports, 'live', folder)
  await start(env, sandbox.port)
  const apiKey = env['DROPLOCK_SANDBOX_API_KEY'] ?? ''
  const url = sandboxUrl(ports) ?? ''
  const provider = createSandboxProvider({ url, apiKey, webhookSecret: 'not used' })
  const order = { paymentId: 'p-1', amount: money(1_900n, 'USD'), customerReference: 'a-1', metadata: {} }
  const made = await provider.createIntent(order)
  if (made.kind !== 'done') throw new Error(made.reason)
  const { providerId, clientSecret = '' } = made.value
  expect(await createSandboxControl(url, apiKey).pay({ providerId, clientSecret }, '4242424242424242')).toBe(
    'succeeded',
  )
  await expect.poll(() => paths).toContain('/webhooks/payments/live')
  await stop()
  await start(env, sandbox.port)
  await expect
    .poll(() => provider.getIntent(providerId), { timeout: 20_000 })
    .toMatchObject({ kind: 'done', value: { state: 'succeeded', capturedMinor: 1_900n } })
  receiver.close()
})
