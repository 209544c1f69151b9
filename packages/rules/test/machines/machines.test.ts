import { describe, expect, test } from 'vitest'
import { backorderMachine } from '../../src/machines/backorder.ts'
import { bankTransferMachine } from '../../src/machines/bank-transfer.ts'
import { catchTargetMachine } from '../../src/machines/catch-target.ts'
import { connectionTestMachine } from '../../src/machines/connection-test.ts'
import { deliveryMachine } from '../../src/machines/delivery.ts'
import { evidenceMachine } from '../../src/machines/dispute-evidence.ts'
import { listingMachine } from '../../src/machines/listing.ts'
import {
  IllegalTransition,
  isTerminal,
  type Machine,
  next,
  nextIfAllowed,
  statesAllowing,
} from '../../src/machines/machine.ts'
import { memberMailMachine } from '../../src/machines/member-mail.ts'
import { passwordChangeMachine } from '../../src/machines/password-change.ts'
import { paymentMachine } from '../../src/machines/payment.ts'
import { proposalMachine } from '../../src/machines/proposal.ts'
import { refundMachine } from '../../src/machines/refund.ts'
import { registryContactMachine } from '../../src/machines/registry-contact.ts'
import { registryRequestMachine } from '../../src/machines/registry-request.ts'
import { renewalMachine } from '../../src/machines/renewal.ts'
import { scheduleChangeMachine } from '../../src/machines/schedule-change.ts'
import { syncRunMachine } from '../../src/machines/sync-run.ts'
import { targetTryMachine } from '../../src/machines/target-try.ts'
import { tables, terminal } from './tables.ts'

type AnyMachine = Machine<string, string>
const machines: [keyof typeof tables, AnyMachine][] = [
  ['listing', listingMachine],
  ['backorder', backorderMachine],
  ['payment', paymentMachine],
  ['refund', refundMachine],
  ['bank_transfer', bankTransferMachine],
  ['evidence', evidenceMachine],
  ['member_mail', memberMailMachine],
  ['proposal', proposalMachine],
  ['schedule_change', scheduleChangeMachine],
  ['sync_run', syncRunMachine],
  ['catch_target', catchTargetMachine],
  ['target_try', targetTryMachine],
  ['password_change', passwordChangeMachine],
  ['connection_test', connectionTestMachine],
  ['renewal', renewalMachine],
  ['registry_contact', registryContactMachine],
  ['registry_request', registryRequestMachine],
  ['delivery', deliveryMachine],
]

const words = (text: string) => text.split(' ').filter((word) => word !== '')

function expectedOf(name: keyof typeof tables) {
  const { initial, events, arrows } = tables[name]
  const rows = Object.entries(arrows).map(([state, row]): [string, ReadonlyMap<string, string>] => [
    state,
    new Map(
      words(row).map((arrow): [string, string] => [arrow.split('>')[0] ?? '', arrow.split('>')[1] ?? '']),
    ),
  ])
  return { initial: words(initial), events: words(events), rows, states: rows.map(([state]) => state) }
}

function reachable(machine: AnyMachine, from: readonly string[]): Set<string> {
  const seen = new Set(from)
  for (const state of seen) {
    for (const after of Object.values(machine.transitions[state] ?? {}))
      if (after !== undefined) seen.add(after)
  }
  return seen
}

describe.each(machines)('%s', (name, machine) => {
  const expected = expectedOf(name)

  test('has the initial states, states and events of the hand-written table', () => {
    expect(machine.initial).toEqual(expected.initial)
    expect(Object.keys(machine.transitions).toSorted()).toEqual(expected.states.toSorted())
    const used = new Set(Object.values(machine.transitions).flatMap((row) => Object.keys(row)))
    expect([...used].toSorted()).toEqual(expected.events.toSorted())
  })

  test('every event in every state leads to the state in the table, or is refused', () => {
    for (const [state, row] of expected.rows) {
      for (const event of expected.events) {
        const after = row.get(event)
        expect(nextIfAllowed(machine, state, event), `${state} by ${event}`).toBe(after)
        if (after === undefined) expect(() => next(machine, state, event)).toThrow(IllegalTransition)
        else expect(next(machine, state, event)).toBe(after)
      }
    }
  })

  test('has the hand-written terminal states', () => {
    const ends = expected.states.filter((state) => isTerminal(machine, state))
    expect(ends.toSorted()).toEqual(words(terminal[name]).toSorted())
  })

  test('every state can be reached, and from every state a terminal one, or all where there is none', () => {
    expect([...reachable(machine, machine.initial)].toSorted()).toEqual(expected.states.toSorted())
    for (const state of expected.states) {
      const after = reachable(machine, [state])
      const ends = [...after].filter((each) => isTerminal(machine, each))
      if (terminal[name] === '') expect(after.size, `what follows ${state}`).toBe(expected.states.length)
      else expect(ends, `ends of ${state}`).not.toEqual([])
    }
  })

  test('the states that allow an event are those whose row has it', () => {
    for (const event of expected.events) {
      const allowing = expected.rows.filter(([, row]) => row.has(event)).map(([state]) => state)
      expect(statesAllowing(machine, event).toSorted()).toEqual(allowing.toSorted())
    }
  })
})

test('an illegal transition names its state and event', () => {
  expect(() => next(listingMachine, 'upcoming', 'catch')).toThrow(
    expect.objectContaining({
      state: 'upcoming',
      event: 'catch',
      message: "no transition from 'upcoming' by 'catch'",
    }),
  )
})

test('an event of another machine, or a misspelt state, does not compile', () => {
  // @ts-expect-error `fire` is a catch target's event
  expect(() => next(listingMachine, 'open', 'fire')).toThrow(IllegalTransition)
  // @ts-expect-error `opened` is not a state
  expect(() => next(listingMachine, 'opened', 'cut_off')).toThrow(TypeError)
})
