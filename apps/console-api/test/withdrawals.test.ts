import { ListingDetail, ListingList } from '@droplock/contracts/console/listings'
import { Proposal } from '@droplock/contracts/console/proposal'
import {
  BlockedName,
  BlockedNameList,
  BlockResults,
  ConfirmationAnswerList,
  WithdrawalList,
} from '@droplock/contracts/console/withdrawals'
import { placeBackorder } from '@droplock/core/backorders/place'
import { recordAnswer } from '@droplock/core/confirmations/record-answer'
import { beforeAll, expect, test } from 'vitest'
import { byRdap, suspectAll } from '../../../packages/core/test/support/suspects.ts'
import { givenAccount, givenListings, givenRegistry } from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
const reason = 'a court order'
let ann: Person
let bob: Person
beforeAll(async () => {
  await givenRegistry(world.ctx)
  ann = await givenPerson(world, 'operator')
  bob = await givenPerson(world, 'operator')
})

const post = (who: Person, path: string, body: unknown) => who.send({ method: 'POST', path, body })

async function idOf(name: string): Promise<string> {
  const { items } = await expectBody(await ann.send({ path: `/api/listings?q=${name}` }), 200, ListingList)
  return items[0]?.id ?? 'none'
}

test('names are blocked after a dry run, listed with their reason, and unblocked', async () => {
  await givenListings(world.ctx, { names: ['listed.test'] })
  const body = { names: ['listed.test', 'later.test'], reason }
  const dry = await post(ann, '/api/blocked-names', { ...body, dry_run: true })
  const results = [
    { name: 'listed.test', result: 'withdrawn' },
    { name: 'later.test', result: 'blocked' },
  ]
  expect(await expectBody(dry, 200, BlockResults)).toMatchObject({ dry_run: true, items: results })
  const blocked = await expectBody(await ann.send({ path: '/api/blocked-names' }), 200, BlockedNameList)
  expect(blocked.total).toBe(0)
  const done = await expectBody(await post(ann, '/api/blocked-names', body), 200, BlockResults)
  expect(done).toMatchObject({ dry_run: false, items: results })
  const list = await ann.send({ path: '/api/blocked-names?in_force=true&q=later' })
  const { items } = await expectBody(list, 200, BlockedNameList)
  expect(items).toMatchObject([{ name: 'later.test', reason, in_force: true }])
  const unblock = () => post(bob, `/api/blocked-names/${items[0]?.id}/unblock`, { reason: 'lifted' })
  expect(await expectBody(await unblock(), 200, BlockedName)).toMatchObject({
    in_force: false,
    end_reason: 'lifted',
  })
  await expectProblem(await unblock(), 'block_ended')
})

test('a name with a holder is withdrawn by two people, and shown with the proposal', async () => {
  await givenListings(world.ctx, { names: ['held.test'] })
  await placeBackorder(await givenAccount(world.ctx), { name: 'held.test', payment: 'balance' })
  const id = await idOf('held.test')
  await expectProblem(await post(ann, `/api/listings/${id}/withdraw`, { reason }), 'listing_held')
  const terms = { listing_id: id, block: true, evidence: 'Case 12/26', reason }
  const made = await expectBody(await post(ann, '/api/proposals/withdrawals', terms), 201, Proposal)
  expect(made).toMatchObject({ kind: 'withdrawal', terms: { name: 'held.test', account_name: 'A reseller' } })
  await expectProblem(await post(ann, `/api/proposals/${made.id}/approve`, {}), 'decider_is_proposer')
  await expectBody(await post(bob, `/api/proposals/${made.id}/approve`, {}), 200, Proposal)
  const listing = await expectBody(await ann.send({ path: `/api/listings/${id}` }), 200, ListingDetail)
  expect(listing).toMatchObject({ state: 'withdrawn' })
  const shown = await expectBody(await ann.send({ path: '/api/withdrawals?q=held' }), 200, WithdrawalList)
  expect(shown.items).toMatchObject([{ name: 'held.test', state: 'withdrawn', reason, proposal_id: made.id }])
})

test('what a registry answered about a suspect is shown with the withdrawal that it caused', async () => {
  await givenListings(world.ctx, { names: ['suspect.test'] })
  await suspectAll(world.ctx)
  const id = await idOf('suspect.test')
  await recordAnswer(world.ctx, byRdap(id, 'undecided'))
  await recordAnswer(world.ctx, byRdap(id, 'withdrawn'))
  const answers = await ann.send({ path: `/api/listings/${id}/confirmation-answers` })
  expect((await expectBody(answers, 200, ConfirmationAnswerList)).items).toMatchObject([
    { verdict: 'withdrawn', means: 'rdap', code: 200, decides: true },
    { verdict: 'undecided', decides: false },
  ])
  const shown = await expectBody(await ann.send({ path: '/api/withdrawals?q=suspect' }), 200, WithdrawalList)
  expect(shown.items).toMatchObject([{ listing_id: id, means: 'rdap', finding: 'a test' }])
})
