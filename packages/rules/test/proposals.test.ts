import { expect, test } from 'vitest'
import { isLeftToPeople } from '../src/drop/outcome.ts'
import {
  proposalKinds,
  proposalPermissions,
  requireDecidableProposal,
  whyNotDecide,
} from '../src/proposals.ts'
import { may, roles } from '../src/staff.ts'

const now = new Date('2026-11-29T12:00:00Z')
const later = new Date('2026-11-30T12:00:00Z')
const open = { kind: 'target_outcome', state: 'proposed', proposedBy: 'ann', expiresAt: later } as const
const bob = { staffId: 'bob', roles: ['operator'] } as const

test('a person sees why they may not decide a proposal: it is their own, too late, decided, or not theirs to decide', () => {
  expect(whyNotDecide(open, bob, now)).toBeUndefined()
  expect(whyNotDecide(open, { ...bob, staffId: 'ann' }, now)).toBe('own')
  expect(whyNotDecide({ ...open, expiresAt: now }, bob, now)).toBe('expired')
  expect(whyNotDecide({ ...open, state: 'expired' }, bob, now)).toBe('expired')
  expect(whyNotDecide({ ...open, state: 'rejected' }, bob, now)).toBe('decided')
  expect(whyNotDecide(open, { ...bob, roles: ['viewer'] }, now)).toBe('not_permitted')
  expect(whyNotDecide({ ...open, kind: 'credit_limit' }, bob, now)).toBe('not_permitted')
})

test('a role that has the permission to decide a kind can decide it', () => {
  for (const kind of proposalKinds)
    for (const role of roles) {
      const isPermitted = may([role], proposalPermissions[kind].decide)
      const whyNot = whyNotDecide({ ...open, kind }, { staffId: 'bob', roles: [role] }, now)
      expect([kind, role, whyNot === undefined]).toEqual([kind, role, isPermitted])
    }
})

test('whoever sees no reason against deciding is not refused for the proposal, and everyone else is', () => {
  for (const kind of proposalKinds)
    for (const proposedBy of ['ann', 'bob'])
      for (const expiresAt of [now, later]) {
        const proposal = { ...open, kind, proposedBy, expiresAt }
        const isRefused = () => requireDecidableProposal(proposal, 'bob', now)
        if (whyNotDecide(proposal, { staffId: 'bob', roles }, now) === undefined) isRefused()
        else expect(isRefused).toThrow()
      }
})

test('an outcome is left to people once the grace period is over and nothing has decided it', () => {
  const graceUntil = now
  const after = new Date(now.getTime() + 1)
  expect(isLeftToPeople({ state: 'ambiguous', graceUntil }, now)).toBe(false)
  for (const state of ['armed', 'firing', 'ambiguous', 'awaiting_award'] as const)
    expect(isLeftToPeople({ state, graceUntil }, after), state).toBe(true)
  for (const state of ['disarmed', 'registered', 'lost', 'refused'] as const)
    expect(isLeftToPeople({ state, graceUntil }, after), state).toBe(false)
})
