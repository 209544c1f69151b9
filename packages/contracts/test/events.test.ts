import { accountTopics, type EventData, type SnapshotOf, type topicTable } from '@droplock/rules/events'
import { expect, expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import { AccountEvent, type eventData, topicTexts, webhookBody } from '../src/events.ts'

/** Without `readonly`; a member that may be left out may be undefined, which is how a schema says it. */
type Plain<T> = T extends string | number | boolean | undefined
  ? T
  : { -readonly [Member in keyof T]: Plain<T[Member]> | undefined }

type Snapshots = { [Subject in keyof typeof eventData]: Plain<SnapshotOf[Subject]> }
type Schemas = { [Subject in keyof typeof eventData]: Plain<z.output<(typeof eventData)[Subject]>> }

test('what events hold is documented member by member', () => {
  // Checked by the compiler.
  expectTypeOf<Schemas>().toEqualTypeOf<Snapshots>()
  expectTypeOf<z.output<typeof AccountEvent>['type']>().toEqualTypeOf<(typeof accountTopics)[number]>()
})

const id = '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'
const timestamp = '2026-02-15T13:00:00.000Z'
const amount = { amount_minor: 1_900, currency: 'USD' }
const balance: EventData<'balance.low'> = { id, balance: amount }

test('an event is that of its topic, and alarms are none', () => {
  const event = { id, type: 'balance.low', timestamp, cursor: '7', data: balance }
  expect(AccountEvent.parse(event)).toEqual(event)
  expect(AccountEvent.safeParse({ ...event, type: 'backorder.failed' }).success).toBe(false)
  expect(AccountEvent.safeParse({ ...event, type: 'alarm.opened' }).success).toBe(false)
})

test('every topic of accounts has a text and a body of its webhook', () => {
  expect(Object.keys(topicTexts)).toEqual(accountTopics)
  for (const topic of accountTopics) expect(webhookBody(topic).shape.type.value).toBe(topic)
  const body = { id, type: 'balance.low', timestamp, data: balance }
  expect(webhookBody('balance.low').parse(body)).toEqual(body)
  const subjects: readonly (keyof typeof topicTable)[] = accountTopics
  expect(subjects).not.toContain('alarm.opened')
})
