import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { describe, expect, test } from 'vitest'
import { type MailWorld, mailSuite } from '../src/conformance/mail-suite.ts'
import { startOutbox } from '../src/outbox/outbox.ts'
import { createMemorySender, openSmtpSender } from '../src/sender.ts'

const from = 'Droplock <alarms@droplock.example>'
const addresses = {
  refused: 'refused@example.com',
  blocked: 'blocked@example.com',
  later: 'later@example.com',
}
const mail = { id: 'one', to: 'anna@example.com', subject: 'Deposit empty', text: 'Fill it.' }

async function openSmtpWorld(): Promise<MailWorld> {
  const outbox = await startOutbox({ smtpPort: 0, pagePort: 0 })
  return {
    sender: openSmtpSender({ url: outbox.smtpUrl, from }),
    received: () => outbox.mails().toReversed(),
    ...addresses,
    stop: outbox.stop,
  }
}

async function openMemoryWorld(): Promise<MailWorld> {
  const sender = createMemorySender()
  return {
    sender,
    received: () => sender.sent.map((each) => ({ ...each, to: [each.to], messageId: each.id })),
    ...addresses,
    stop: async () => undefined,
  }
}

describe('SMTP', () => mailSuite({ test }, openSmtpWorld))
describe('the stand-in', () => mailSuite({ test }, openMemoryWorld))

test('the page of the outbox shows a mail, with its text escaped', async () => {
  await using outbox = await disposableOutbox()
  const sender = openSmtpSender({ url: outbox.smtpUrl, from })
  await sender.send({ ...mail, text: '<script>alert(1)</script>' })
  const page = await (await fetch(outbox.pageUrl)).text()
  expect(page).toContain('Deposit empty')
  expect(page).toContain('&lt;script&gt;alert(1)')
  expect(page).not.toContain('<script>')
})

test('a mail server that is down or silent is unavailable', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => void sockets.push(socket))
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const sender = openSmtpSender({ url: `smtp://127.0.0.1:${port}`, from, answerMsMax: 50 })
  expect(await sender.send(mail)).toMatchObject({ kind: 'unavailable' })
  for (const socket of sockets) socket.destroy()
  silent.close()
  await once(silent, 'close')
  expect(await sender.send(mail)).toMatchObject({ kind: 'unavailable' })
})

test('a refused password is unavailable: the mail can be sent again', async () => {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(new Error('wrong password')),
  })
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  const sender = openSmtpSender({ url: `smtp://user:wrong@127.0.0.1:${port}`, from })
  expect(await sender.send(mail)).toMatchObject({ kind: 'unavailable' })
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

test('no mail is sent to another machine without TLS, unless the URL allows it', async () => {
  await using outbox = await disposableOutbox()
  // The same server, with an address that is not recognised as this machine.
  const url = outbox.smtpUrl.replace('127.0.0.1', '0.0.0.0')
  expect(await openSmtpSender({ url, from }).send(mail)).toMatchObject({ kind: 'unavailable' })
  expect(outbox.mails()).toEqual([])
  expect(await openSmtpSender({ url: `${url}?requireTLS=false`, from }).send(mail)).toMatchObject({
    kind: 'sent',
  })
})

async function disposableOutbox() {
  const outbox = await startOutbox({ smtpPort: 0, pagePort: 0 })
  return { ...outbox, [Symbol.asyncDispose]: outbox.stop }
}
