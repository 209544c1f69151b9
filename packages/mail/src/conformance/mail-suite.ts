import assert from 'node:assert/strict'
import type { Mail, MailSender } from '@droplock/rules/ports/mail'

/** The part of a test runner that is used. */
type SuiteRunner = { test(name: string, run: () => Promise<void>): void }

/** A mail as it was received. */
type ReceivedMail = Pick<Mail, 'subject' | 'text' | 'unsubscribeUrl'> & {
  readonly to: readonly string[]
  readonly messageId: string
}

export type MailWorld = {
  readonly sender: MailSender
  /** Oldest first. */
  received(): readonly ReceivedMail[]
  /** Addresses that are refused permanently, and temporarily. */
  readonly refused: string
  /** Refused permanently, for a reason that is not the address. */
  readonly blocked: string
  readonly later: string
  stop(): Promise<void>
}

const mail: Mail = {
  id: 'one',
  to: 'anna@example.com',
  subject: 'Drop list late',
  text: 'A line.\n.\n\nŁódź',
}

/** The guarantees of every implementation of the mail port. */
export function mailSuite({ test }: SuiteRunner, open: () => Promise<MailWorld>): void {
  for (const [name, run] of Object.entries(cases)) {
    test(name, async () => {
      const world = await open()
      try {
        await run(world)
      } finally {
        await world.sender.close()
        await world.stop()
      }
    })
  }
}

async function kindOf({ sender }: MailWorld, change: Partial<Mail>): Promise<string> {
  return (await sender.send({ ...mail, ...change })).kind
}

const cases: Record<string, (world: MailWorld) => Promise<void>> = {
  'a mail arrives unchanged, at one address': async (world) => {
    assert.equal(await kindOf(world, {}), 'sent')
    const [{ to, subject, text } = { to: [], subject: '', text: '' }, ...others] = world.received()
    assert.deepEqual({ to, subject, text }, { to: [mail.to], subject: mail.subject, text: mail.text })
    assert.equal(others.length, 0)
  },

  'a mail that is sent again has the same message id, another mail has another': async (world) => {
    for (const id of ['one', 'one', 'two']) assert.equal(await kindOf(world, { id }), 'sent')
    const [first, again, other] = world.received().map(({ messageId }) => messageId)
    assert.equal(first, again)
    assert.notEqual(first, other)
  },

  'a subject is one line and adds no header': async (world) => {
    const subject = 'Late\r\nBcc: eve@example.com'
    assert.equal(await kindOf(world, { subject }), 'sent')
    const [first] = world.received()
    assert.deepEqual(first?.to, [mail.to])
    assert.equal(first?.subject, 'Late Bcc: eve@example.com')
  },

  'a recipient that is not one address is refused': async (world) => {
    for (const to of [
      '',
      'anna',
      'anna@example.com, eve@example.com',
      'Anna <anna@example.com>',
      'a b@example.com',
    ])
      assert.equal(await kindOf(world, { to }), 'refused')
    assert.deepEqual(world.received(), [])
  },

  'a permanent refusal is refused, a temporary one is unavailable': async (world) => {
    assert.equal(await kindOf(world, { to: world.refused }), 'refused')
    assert.equal(await kindOf(world, { to: world.later }), 'unavailable')
    assert.deepEqual(world.received(), [])
  },

  'a refusal says whether the address is the reason': async ({ sender, refused, blocked }) => {
    for (const [to, isAddress] of [
      [refused, true],
      [blocked, false],
      ['not an address', true],
    ] as const) {
      const outcome = await sender.send({ ...mail, to })
      assert.equal(outcome.kind === 'refused' && outcome.isAddress, isAddress)
      assert.equal(outcome.kind, 'refused')
    }
  },

  'a mail says where one click switches mails like it off, if there is such a place': async (world) => {
    const unsubscribeUrl = 'https://pages.example/mails/off?key=00112233445566778899aabbccddeeff'
    assert.equal(await kindOf(world, { id: 'one', unsubscribeUrl }), 'sent')
    assert.equal(await kindOf(world, { id: 'two' }), 'sent')
    const urls = world.received().map((received) => received.unsubscribeUrl)
    assert.deepEqual(urls, [unsubscribeUrl, undefined])
  },
}
