import assert from 'node:assert/strict'
import type { Mail, MailSender } from '@droplock/rules/ports/mail'

/** As much of a test runner as is needed. */
type SuiteRunner = { test(name: string, run: () => Promise<void>): void }

/** A mail as whoever it was sent to has it. */
type Arrived = Pick<Mail, 'subject' | 'text'> & {
  readonly to: readonly string[]
  readonly messageId: string
}

export type MailWorld = {
  readonly sender: MailSender
  /** The oldest first. */
  arrived(): readonly Arrived[]
  /** Addresses in this world that are refused for good, and for now. */
  readonly refused: string
  readonly later: string
  stop(): Promise<void>
}

const mail: Mail = {
  id: 'one',
  to: 'anna@example.com',
  subject: 'Drop list late',
  text: 'A line.\n.\n\nŁódź',
}

/** What every implementation of the mail port keeps. */
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
  'a mail arrives as it was written, at one address': async (world) => {
    assert.equal(await kindOf(world, {}), 'sent')
    const [{ to, subject, text } = { to: [], subject: '', text: '' }, ...others] = world.arrived()
    assert.deepEqual({ to, subject, text }, { to: [mail.to], subject: mail.subject, text: mail.text })
    assert.equal(others.length, 0)
  },

  'a mail that is sent again is the same mail, and another is another': async (world) => {
    for (const id of ['one', 'one', 'two']) assert.equal(await kindOf(world, { id }), 'sent')
    const [first, again, other] = world.arrived().map(({ messageId }) => messageId)
    assert.equal(first, again)
    assert.notEqual(first, other)
  },

  'a subject is one line and adds no header': async (world) => {
    const subject = 'Late\r\nBcc: eve@example.com'
    assert.equal(await kindOf(world, { subject }), 'sent')
    const [arrived] = world.arrived()
    assert.deepEqual(arrived?.to, [mail.to])
    assert.equal(arrived?.subject, 'Late Bcc: eve@example.com')
  },

  'what is not one address gets nothing': async (world) => {
    for (const to of [
      '',
      'anna',
      'anna@example.com, eve@example.com',
      'Anna <anna@example.com>',
      'a b@example.com',
    ])
      assert.equal(await kindOf(world, { to }), 'refused')
    assert.deepEqual(world.arrived(), [])
  },

  'an address that is refused for good is refused, one that is refused for now may be tried again': async (
    world,
  ) => {
    assert.equal(await kindOf(world, { to: world.refused }), 'refused')
    assert.equal(await kindOf(world, { to: world.later }), 'unavailable')
    assert.deepEqual(world.arrived(), [])
  },
}
