import { AuditList } from '@droplock/contracts/console/audit'
import { ListingDetail, ListingList, OverridePreview } from '@droplock/contracts/console/listings'
import { beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { givenListings, givenRegistry } from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { inHours } from './support/requests.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
let ann: Person
let bob: Person
beforeAll(async () => {
  await givenRegistry(world.ctx)
  ann = await givenPerson(world, 'operator')
  bob = await givenPerson(world, 'admin')
})

async function givenListing(name: string): Promise<string> {
  await givenListings(world.ctx, { names: [name] })
  const { items } = await expectBody(await ann.send({ path: `/api/listings?q=${name}` }), 200, ListingList)
  return items[0]?.id ?? 'none'
}

type Window = { readonly drop_from: string; readonly drop_to: string }
type Preview = z.output<typeof OverridePreview>

const window = (hours: number): Window => ({ drop_from: inHours(hours), drop_to: inHours(hours + 1) })
const post = (who: Person, path: string, body?: unknown) =>
  who.send({ method: 'POST', path, ...(body !== undefined && { body }) })
const preview = async (who: Person, id: string, to: Window): Promise<Preview> =>
  expectBody(await post(who, `/api/listings/${id}/override/preview`, to), 200, OverridePreview)
const apply = (who: Person, id: string, to: Window, { basis }: Preview) =>
  post(who, `/api/listings/${id}/override`, { ...to, reason: 'announced by the registry', basis })

test('a window is moved after a preview, shown with its history, and taken back', async () => {
  const id = await givenListing('moved.test')
  const was = await expectBody(await ann.send({ path: `/api/listings/${id}` }), 200, ListingDetail)
  const to = window(30)

  const seen = await preview(ann, id, to)
  expect(seen).toMatchObject({
    name: 'moved.test',
    after: to,
    effect: { state_after: 'open', target: 'none' },
  })
  expect(await expectBody(await ann.send({ path: `/api/listings/${id}` }), 200, ListingDetail)).toEqual(was)

  await expectBody(await apply(ann, id, to, seen), 200, OverridePreview)
  const moved = await expectBody(await ann.send({ path: `/api/listings/${id}` }), 200, ListingDetail)
  expect(moved).toMatchObject({
    ...to,
    overridden: true,
    listed: { drop_from: was.drop_from },
    overrides: [{ reason: 'announced by the registry', from: { drop_from: was.drop_from }, to }],
  })

  const undoing = await post(ann, `/api/listings/${id}/override/undo/preview`)
  const { basis } = await expectBody(undoing, 200, OverridePreview)
  const undone = await post(ann, `/api/listings/${id}/override/undo`, { reason: 'a false alarm', basis })
  await expectBody(undone, 200, OverridePreview)
  const back = await expectBody(await ann.send({ path: `/api/listings/${id}` }), 200, ListingDetail)
  expect(back).toMatchObject({
    overridden: false,
    drop_from: was.drop_from,
    cutoff_at: was.cutoff_at,
    overrides: [{ undo_reason: 'a false alarm', returned_to: { drop_from: was.drop_from } }],
  })

  const audit = await expectBody(
    await ann.send({ path: `/api/audit?subject_type=listing&subject_id=${id}&order=asc` }),
    200,
    AuditList,
  )
  expect(audit.items).toMatchObject([
    { action: 'listing.overridden', actor_id: ann.id, reason: 'announced by the registry' },
    { action: 'listing.override_undone', actor_id: ann.id, reason: 'a false alarm' },
  ])
})

test('of two operators who override one listing at once one succeeds, and the other is refused with what changed', async () => {
  const id = await givenListing('contested.test')
  const [anns, bobs] = [window(20), window(40)]
  const seen = [await preview(ann, id, anns), await preview(bob, id, bobs)] as const
  const answers = await Promise.all([apply(ann, id, anns, seen[0]), apply(bob, id, bobs, seen[1])])

  const lost = answers.find(({ status }) => status !== 200)
  const won = answers.find(({ status }) => status === 200)
  if (lost === undefined || won === undefined) throw new Error('not one of each')
  const { after } = await expectBody(won, 200, OverridePreview)
  const problem = await expectProblem(lost, 'listing_changed')
  expect(problem).toMatchObject({
    changed: 'version, cutoff_at, drop_from, drop_to',
    drop_from_seen: seen[0].basis.drop_from,
    drop_from_now: after.drop_from,
  })
  const listing = await expectBody(await ann.send({ path: `/api/listings/${id}` }), 200, ListingDetail)
  expect(listing.overrides).toHaveLength(1)
  expect(listing).toMatchObject({ drop_from: after.drop_from, drop_to: after.drop_to })
})

describe('a move is refused', () => {
  test.each([
    ['that ends before it starts', { drop_from: inHours(5), drop_to: inHours(4) }, 'invalid_window'],
    ['into the past', window(-5), 'invalid_window'],
    ['to a time that is none', { drop_from: 'soon', drop_to: inHours(4) }, 'invalid_request'],
    ['with a member that is none', { ...window(5), why: 'x' }, 'invalid_request'],
  ] as const)('%s', async (what, to, code) => {
    const id = await givenListing(`refused-${what.length}.test`)
    await expectProblem(await post(ann, `/api/listings/${id}/override/preview`, to), code)
  })

  test('without a reason, and to undo what was never done', async () => {
    const id = await givenListing('unexplained.test')
    const to = window(30)
    const { basis } = await preview(ann, id, to)
    const unexplained = await post(ann, `/api/listings/${id}/override`, { ...to, reason: '', basis })
    await expectProblem(unexplained, 'reason_required')
    const undoing = await post(ann, `/api/listings/${id}/override/undo`, { reason: 'x', basis })
    await expectProblem(undoing, 'listing_not_overridden')
  })
})

test('listings are found by name, zone, state, window and what is special about them', async () => {
  const id = await givenListing('sought.test')
  const to = window(500)
  await expectBody(await apply(ann, id, to, await preview(ann, id, to)), 200, OverridePreview)
  const names = async (query: string) => {
    const list = await expectBody(await ann.send({ path: `/api/listings?${query}` }), 200, ListingList)
    return list.items.map(({ name }) => name)
  }
  const within = `window_from=${inHours(499)}&window_to=${inHours(502)}`
  expect(await names(within)).toEqual(['sought.test'])
  expect(await names(`${within}&zone=test&state=open&held=false&suspect=false`)).toEqual(['sought.test'])
  expect(await names(`q=sought&overridden=true&sort=name&order=desc`)).toEqual(['sought.test'])
  expect(await names('q=sought&overridden=false')).toEqual([])
  expect(await names('q=sought&state=caught')).toEqual([])
  await expectProblem(await ann.send({ path: '/api/listings?held=maybe' }), 'invalid_request')
})
