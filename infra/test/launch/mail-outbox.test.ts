import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSmtpSender } from '@droplock/mail/sender'
import { expect, test } from 'vitest'
import { assignPorts } from '../../src/launch/assign-ports.ts'
import { mailOutbox, outboxEnvironment, outboxUrl } from '../../src/launch/sandboxes.ts'
import { portAnswers } from '../../src/processes/port.ts'

test('without an outbox nothing is said of mail', () => {
  expect(outboxEnvironment([])).toEqual({})
  expect(outboxUrl([])).toBeUndefined()
})

test('a mail that is sent as the apps send it stands on the outbox’s page', async () => {
  // The ports are freed before the outbox listens on them. In a range of its own no other test takes them in between.
  const needs = mailOutbox.ports.map((need) => ({ ...need, first: need.first + 9_600 }))
  await using assigned = await assignPorts([{ ...mailOutbox, ports: needs }])
  const { ports } = assigned
  await assigned.release(mailOutbox.name)
  const env = Object.fromEntries(ports.map(({ variable, port }) => [variable, String(port)]))
  const child = spawn(process.execPath, [mailOutbox.main], { env, stdio: 'inherit' })
  const exited = once(child, 'exit')
  for (const { port } of ports) await portAnswers(port, AbortSignal.timeout(20_000))
  const { DROPLOCK_SMTP_URL: url = '', DROPLOCK_MAIL_FROM: from = '' } = outboxEnvironment(ports)
  const mail = { id: 'one', to: 'anna@example.com', subject: 'Drop list late', text: 'Of exact.' }
  expect(await openSmtpSender({ url, from }).send(mail)).toMatchObject({ kind: 'sent' })
  expect(await (await fetch(outboxUrl(ports) ?? '')).text()).toContain('Drop list late')
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})
